using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Secrets;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Builds.Projects;

/// <summary>Finds which secrets projects name, and reads them.</summary>
internal sealed class BuildSecrets(BuildProjectParser parser) : ISecretUse
{
    public IEnumerable<(string Secret, string User)> Find(WheelhouseContext context) =>
        from row in context.Set<BuildProjectRow>().AsNoTracking().ToList()
        from project in parser.Parse(row.Yaml).Projects
        from secret in project.Document.Secrets
        select (secret, $"the project {row.Name}");

    /// <summary>The value of a secret; null when no secret is named.</summary>
    /// <exception cref="BuildFault">There is none of the name, or it cannot be read.</exception>
    public static async Task<string?> ReadAsync(SecretStore secrets, SecretName? name, CancellationToken cancellationToken)
    {
        if (name is null) return null;
        try
        {
            return await secrets.FindAsync(name, cancellationToken) ?? throw Missing(name, "does not exist");
        }
        catch (CryptographicException)
        {
            throw Missing(name, "was sealed with other keys than the data directory has");
        }
    }

    private static BuildFault Missing(SecretName name, string what) => new("secret_missing", $"The secret '{name.Name}' {what}.", $"Set it: wheelhouse secrets set {name.Name}");
}
