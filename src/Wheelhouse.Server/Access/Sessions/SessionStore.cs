using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Access.Tokens;
using Wheelhouse.Server.Access.Users;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Access.Sessions;

/// <summary>
/// Finds sessions and ends them. Nothing is cached: a browser makes few requests, and what an admin takes away must be gone at once.
/// </summary>
internal sealed class SessionStore(
    IDbContextFactory<WheelhouseContext> contexts, DatabaseWriter writer, SessionLifetimeOptions options, AuditLog audit, TimeProvider time,
    ILogger<SessionStore> logger)
{
    private static readonly TimeSpan UseIsKeptEvery = TimeSpan.FromMinutes(1);

    /// <summary>Who acts in the session of a cookie, and keeps that it is used now; null when there is none or it has ended.</summary>
    public Task<Caller?> UseAsync(string secret, CancellationToken cancellationToken)
    {
        var hash = TokenSecret.HashOf(secret); // Found by hash, so how long it takes tells nothing
        return UseAsync(sessions => sessions.Where(row => row.Hash == hash), cancellationToken);
    }

    /// <summary>Who acts in a session, by its id, and keeps that it is used now; null when it has ended.</summary>
    public Task<Caller?> UseByIdAsync(string id, CancellationToken cancellationToken) =>
        UseAsync(sessions => sessions.Where(row => row.Id == id), cancellationToken);

    /// <summary>Who acts in a session, by its id, without using it; null when it has ended.</summary>
    public async Task<Caller?> FindByIdAsync(string id, CancellationToken cancellationToken) =>
        await ReadAsync(sessions => sessions.Where(row => row.Id == id), cancellationToken) is [var found] ? ToCaller(found) : null;

    /// <summary>Lists the sessions that have not ended, the newest first: all of them for an admin, else the caller's own.</summary>
    public async Task<IReadOnlyList<SessionView>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var all = await ReadAsync(sessions => sessions.OrderByDescending(row => row.CreatedAt), cancellationToken);
        return [.. all.Select(found => (Found: found, Owner: ToCaller(found)))
            .Where(session => session.Owner is not null && MaySee(caller, session.Owner))
            .Select(session => session.Found.ToView(session.Owner!, caller.Session))];
    }

    /// <summary>Ends a session, at once.</summary>
    /// <exception cref="ApiException">404: there is none of that id, or it is another's and the caller no admin.</exception>
    public async Task EndAsync(string id, Caller caller, CancellationToken cancellationToken)
    {
        var owner = await FindByIdAsync(id, cancellationToken);
        if (owner is null || !MaySee(caller, owner))
            throw new ApiException(404, ProblemCodes.NotFound, $"There is no session '{id}'.", "List them with GET /api/sessions.");
        await writer.WriteAsync(context =>
        {
            if (context.Set<SessionRow>().Where(row => row.Id == id).ExecuteDelete() > 0)
                audit.Record(context, caller.Name, "session.ended", owner.Name, null);
        }, cancellationToken);
    }

    private static bool MaySee(Caller caller, Caller owner) =>
        caller.Role == Roles.Admin || (caller.Name == owner.Name && caller.IsUser == owner.IsUser);

    private async Task<Caller?> UseAsync(Func<IQueryable<SessionRow>, IQueryable<SessionRow>> which, CancellationToken cancellationToken)
    {
        if (await ReadAsync(which, cancellationToken) is not [var found] || ToCaller(found) is not { } caller) return null;
        await KeepUseAsync(found.Row, cancellationToken);
        return caller;
    }

    private async Task<IReadOnlyList<FoundSession>> ReadAsync(
        Func<IQueryable<SessionRow>, IQueryable<SessionRow>> which, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var found =
            from session in which(context.Set<SessionRow>())
            join user in context.Set<UserRow>() on session.User equals user.Key into users
            from user in users.DefaultIfEmpty()
            join token in context.Set<TokenRow>() on session.Token equals token.Id into tokens
            from token in tokens.DefaultIfEmpty()
            select new FoundSession(session, user, token);
        return await found.AsNoTracking().ToListAsync(cancellationToken);
    }

    private Caller? ToCaller(FoundSession found) => found.ToCaller(time.GetUtcNow(), options.Idle);

    private async Task KeepUseAsync(SessionRow row, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (row.LastSeenAt > now - UseIsKeptEvery) return;
        try
        {
            await writer.WriteAsync(context => context.Set<SessionRow>().Where(session => session.Id == row.Id)
                .ExecuteUpdate(set => set.SetProperty(session => session.LastSeenAt, now)), cancellationToken);
        }
        catch (DbException exception)
        {
            // A full disk must not keep people from looking at what is wrong.
            logger.LogWarning(exception, "The last use of a session could not be kept");
        }
    }
}
