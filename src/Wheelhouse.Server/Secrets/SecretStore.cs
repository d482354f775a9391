using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Secrets;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Secrets;

/// <summary>
/// Keeps the secrets that documents name. In the database they are sealed with the keys of the data directory, so that a copy of the database alone gives
/// nothing away; with a copy of both, everything.
/// </summary>
public sealed class SecretStore(
    IDbContextFactory<WheelhouseContext> contexts, DatabaseWriter writer, AuditLog audit, IEnumerable<ISecretUse> uses, IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>How long a value may be, in characters.</summary>
    public const int MostCharacters = 65_536;

    private readonly IDataProtector _protector = protection.CreateProtector("Wheelhouse.Secrets.1");

    /// <summary>The value of a secret; null when there is none of the name.</summary>
    /// <exception cref="CryptographicException">It was sealed with keys that the data directory does not have.</exception>
    public async Task<string?> FindAsync(SecretName name, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Set<SecretRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Name == name.Name, cancellationToken);
        return row is null ? null : Encoding.UTF8.GetString(_protector.Unprotect(row.Sealed));
    }

    /// <summary>All secrets by name, without their values.</summary>
    public async Task<IReadOnlyList<SecretView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var users = uses.SelectMany(use => use.Find(context)).ToLookup(use => use.Secret, use => use.User, StringComparer.Ordinal);
        var rows = await context.Set<SecretRow>().AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new SecretView(row.Name, row.SetAt, row.SetBy, [.. users[row.Name].Distinct().Order(StringComparer.Ordinal)]))];
    }

    /// <summary>Keeps a secret; one of the same name gets the new value.</summary>
    /// <exception cref="ApiException">400: the name or the value cannot be used.</exception>
    public Task SetAsync(string name, string value, string by, CancellationToken cancellationToken)
    {
        if (NameRule.Check(name) is { } flaw) throw Invalid("name", flaw.Message, flaw.Fix);
        if (value is null or "") throw Invalid("value", "The value is empty.", $"Delete the secret if nothing is to use it: wheelhouse secrets delete {name}");
        if (value.Length > MostCharacters) throw Invalid("value", $"The value has more than {MostCharacters} characters.", "Keep something shorter.");
        var @sealed = _protector.Protect(Encoding.UTF8.GetBytes(value));
        return writer.WriteAsync(context =>
        {
            var known = context.Find<SecretRow>(name);
            var row = known ?? context.Add(new SecretRow { Name = name, Sealed = @sealed, SetBy = by }).Entity;
            (row.Sealed, row.SetAt, row.SetBy) = (@sealed, time.GetUtcNow(), by);
            foreach (var use in uses) use.Renew(context, name);
            audit.Record(context, by, "secret.set", name, known is null ? "new" : "changed");
        }, cancellationToken);
    }

    /// <summary>Deletes a secret.</summary>
    /// <exception cref="ApiException">404: there is none; 409: something names it.</exception>
    public Task DeleteAsync(string name, string by, CancellationToken cancellationToken) => writer.WriteAsync(
        context =>
        {
            var row = context.Find<SecretRow>(name) ?? throw new ApiException(404, ProblemCodes.NotFound, $"There is no secret '{name}'.", "See 'wheelhouse secrets'.");
            if (uses.SelectMany(use => use.Find(context)).FirstOrDefault(use => use.Secret == name) is { User: { } user })
                throw new ApiException(409, ProblemCodes.WrongState, $"The secret '{name}' is used by {user}.", "Change or delete that first.");
            context.Remove(row);
            audit.Record(context, by, "secret.deleted", name, detail: null);
        },
        cancellationToken);

    private static ApiException Invalid(string field, string message, string? fix) =>
        new(400, ProblemCodes.InvalidRequest, message, fix) { Errors = [new DocumentError(0, 0, field, message, fix)] };
}
