using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Access.Passwords;
using Wheelhouse.Server.Access.Sessions;
using Wheelhouse.Server.Access.Users;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Access.SignIn;

/// <summary>Signs users in with a password.</summary>
internal sealed class SignIns(
    PasswordCheck check, PasswordHasher passwords, DatabaseWriter writer, NewSessions sessions, AuditLog audit, TimeProvider time)
{
    /// <summary>What came of a sign-in.</summary>
    /// <param name="Secret">The secret of the new session; null when it was refused.</param>
    /// <param name="Wait">How long to wait before the next try, when there were too many.</param>
    public sealed record Outcome(string? Secret, TimeSpan? Wait);

    /// <summary>Starts a session, or records that it was refused.</summary>
    /// <param name="name">The user's name.</param>
    /// <param name="password">The password.</param>
    /// <param name="from">The client's address.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    public async Task<Outcome> SignInAsync(string name, string password, string? from, CancellationToken cancellationToken)
    {
        var (user, wait) = await check.TryAsync(name, password, cancellationToken);
        if (wait is not null) return new Outcome(null, wait);
        var better = user is not null && PasswordHasher.IsOutdated(user.Password) ? await passwords.HashAsync(password, cancellationToken) : null;
        var secret = await writer.WriteAsync(context => user is null ? null : Start(context, user, better, from), cancellationToken);
        if (secret is null) await RecordRefusalAsync(name, from, cancellationToken);
        return new Outcome(secret, null);
    }

    /// <summary>Checks again what may have changed while the password was hashed.</summary>
    private string? Start(WheelhouseContext context, UserRow user, string? better, string? from)
    {
        var row = context.Set<UserRow>().FirstOrDefault(row => row.Key == user.Key && row.Password == user.Password && !row.Disabled);
        if (row is null) return null;
        row.Password = better ?? row.Password;
        row.LastSignInAt = time.GetUtcNow();
        return sessions.Add(context, row.ToCaller(), row.Key, token: null, from);
    }

    /// <summary>A name that does not exist is not recorded: it may be a password in the wrong field.</summary>
    private Task RecordRefusalAsync(string name, string? from, CancellationToken cancellationToken) => writer.WriteAsync(context =>
    {
        var key = UserRow.KeyOf(name);
        var known = context.Set<UserRow>().AsNoTracking().FirstOrDefault(row => row.Key == key)?.Name;
        audit.Record(context, "nobody", "session.refused", known ?? "unknown name", from is null ? null : $"from {from}");
    }, cancellationToken);
}
