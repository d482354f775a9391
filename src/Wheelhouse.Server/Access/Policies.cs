namespace Wheelhouse.Server.Access;

/// <summary>The names of the authorization policies; each also holds for every stronger role.</summary>
public static class Policies
{
    /// <summary>Look at everything and install from the index.</summary>
    public const string View = "view";

    /// <summary>Upload to the index, within the token's projects.</summary>
    public const string Publish = "publish";

    /// <summary>Deploy, revert and cancel, within the token's services and environments.</summary>
    public const string Deploy = "deploy";

    /// <summary>Apply services, trust host keys, make tokens.</summary>
    public const string Administer = "administer";
}
