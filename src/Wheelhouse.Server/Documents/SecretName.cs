namespace Wheelhouse.Server.Documents;

/// <summary>Names a secret that the server keeps; documents never contain the secret itself.</summary>
/// <param name="Name">Its name.</param>
public sealed record SecretName(string Name)
{
    /// <summary>What a reference begins with.</summary>
    public const string Prefix = "secret:";

    /// <summary>As it is written in a document.</summary>
    public override string ToString() => Prefix + Name;
}
