using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Access.Tokens;
using Wheelhouse.Server.Storage;
using Wheelhouse.Server.Storage.Retention;

namespace Wheelhouse.Server.Access.Sessions;

/// <summary>Sessions that have ended may go: those of users and tokens that are no more, too.</summary>
internal sealed class SessionRetention(SessionLifetimeOptions options) : IRetention
{
    public string Name => "sessions";

    public int Prune(WheelhouseContext context, DateTimeOffset now, int most)
    {
        var unused = now - options.Idle;
        var ended = context.Set<SessionRow>()
            .Where(row => row.ExpiresAt <= now || row.LastSeenAt <= unused
                || (row.Token != null && !context.Set<TokenRow>().Any(token => token.Id == row.Token)))
            .OrderBy(row => row.Id).Take(most).Select(row => row.Id);
        return context.Set<SessionRow>().Where(row => ended.Contains(row.Id)).ExecuteDelete();
    }
}

/// <summary>Links that have expired may go; a used one is gone already.</summary>
internal sealed class SessionLinkRetention : IRetention
{
    public string Name => "sign-in links";

    public int Prune(WheelhouseContext context, DateTimeOffset now, int most)
    {
        var ended = context.Set<SessionLinkRow>().Where(row => row.ExpiresAt <= now).OrderBy(row => row.ExpiresAt).Take(most).Select(row => row.Hash);
        return context.Set<SessionLinkRow>().Where(row => ended.Contains(row.Hash)).ExecuteDelete();
    }
}
