using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Access.Tokens;

/// <summary>Finds tokens, keeps when they were last used, makes and removes them.</summary>
internal sealed class TokenStore(
    IDbContextFactory<WheelhouseContext> contexts, DatabaseWriter writer, VerifiedTokens verified, AuditLog audit, TimeProvider time,
    ILogger<TokenStore> logger)
{
    private static readonly TimeSpan UseIsKeptEvery = TimeSpan.FromMinutes(1);

    /// <summary>Finds the row of a token's text, and keeps that it is used now; null when there is none. It may have expired.</summary>
    public async Task<TokenRow?> UseAsync(string text, CancellationToken cancellationToken)
    {
        var hash = TokenSecret.HashOf(text);
        var row = verified.Find(hash) ?? await ReadAsync(hash, cancellationToken);
        if (row is not null) await KeepUseAsync(row, cancellationToken);
        return row;
    }

    /// <summary>All tokens, by name.</summary>
    public async Task<IReadOnlyList<TokenRow>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<TokenRow>().AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken);
    }

    /// <summary>Makes a token.</summary>
    /// <param name="asked">What it is to be.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="idempotencyKey">The key of the request, or null.</param>
    /// <param name="cancellationToken">Ends waiting; a change that has begun is made.</param>
    /// <exception cref="ApiException">The request is wrong (400), the name is taken or the request made it before (409), or the key was another's (422).</exception>
    public Task<CreatedToken> AddAsync(TokenRequest asked, string by, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var request = TokenRequests.Check(asked, time.GetUtcNow());
        return writer.WriteAsync(context =>
        {
            RepeatedTokens.Refuse(context, idempotencyKey, request);
            return NewTokens.Add(context, audit, request, by, time.GetUtcNow(), idempotencyKey);
        }, cancellationToken);
    }

    /// <summary>Removes a token; it stops working at once.</summary>
    /// <exception cref="ApiException">There is no such token (404), or it is the last admin (409).</exception>
    public async Task RemoveAsync(string name, string by, CancellationToken cancellationToken)
    {
        await writer.WriteAsync(context =>
        {
            var row = context.Set<TokenRow>().FirstOrDefault(row => row.Name == name)
                ?? throw new ApiException(404, ProblemCodes.NotFound, $"There is no token '{name}'.", "List them with GET /api/tokens.");
            if (row.Role == Roles.Admin) Admins.RequireAnother(name, Admins.Exist(context, time.GetUtcNow(), exceptToken: name));
            context.Remove(row);
            audit.Record(context, by, "token.removed", name, null);
        }, cancellationToken);
        verified.Forget();
    }

    /// <summary>Tokens are found by hash: how long that takes tells nothing, since nobody can steer towards a hash.</summary>
    private async Task<TokenRow?> ReadAsync(byte[] hash, CancellationToken cancellationToken)
    {
        var generation = verified.Generation;
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Set<TokenRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Hash == hash, cancellationToken);
        if (row is null || !CryptographicOperations.FixedTimeEquals(row.Hash, hash)) return null;
        verified.Add(row, generation);
        return row;
    }

    private async Task KeepUseAsync(TokenRow row, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (row.LastUsedAt > now - UseIsKeptEvery || row.ExpiresAt <= now) return;
        row.LastUsedAt = now; // Also for the requests that get this row from VerifiedTokens meanwhile
        try
        {
            await writer.WriteAsync(context => context.Set<TokenRow>().Where(token => token.Id == row.Id)
                .ExecuteUpdate(set => set.SetProperty(token => token.LastUsedAt, now)), cancellationToken);
        }
        catch (DbException exception)
        {
            // A full disk must not keep people from looking at what is wrong.
            logger.LogWarning(exception, "The last use of the token {Name} could not be kept", row.Name);
        }
    }
}
