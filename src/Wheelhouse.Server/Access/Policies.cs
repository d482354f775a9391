using Wheelhouse.Contracts.Access;

namespace Wheelhouse.Server.Access;

/// <summary>The names of the authorization policies; each also holds for every stronger role.</summary>
public static class Policies
{
    /// <summary>Read the index: also nodes, and everybody when <see cref="AccessOptions.AnonymousRead"/> is on.</summary>
    public const string ReadIndex = "read-index";

    /// <summary>Look at everything and install from the index.</summary>
    public const string View = "view";

    /// <summary>Upload to the index, within the token's projects.</summary>
    public const string Publish = "publish";

    /// <summary>Deploy, revert and cancel, within the token's services and environments.</summary>
    public const string Deploy = "deploy";

    /// <summary>Apply services, trust host keys, make tokens.</summary>
    public const string Administer = "administer";

    /// <summary>The weakest role that a policy holds for.</summary>
    internal static string RoleOf(string? policy) => policy switch
    {
        ReadIndex or View => Roles.Viewer,
        Publish => Roles.Publisher,
        Deploy => Roles.Deployer,
        _ => Roles.Admin,
    };
}
