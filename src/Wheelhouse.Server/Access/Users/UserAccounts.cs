using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Access.Passwords;
using Wheelhouse.Server.Access.Sessions;
using Wheelhouse.Server.Access.Tokens;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Access.Users;

/// <summary>Finds and changes users. Whatever takes rights away ends or changes the user's sessions in the same transaction.</summary>
internal sealed class UserAccounts(
    IDbContextFactory<WheelhouseContext> contexts, DatabaseWriter writer, PasswordHasher passwords, AuditLog audit, TimeProvider time)
{
    /// <summary>All users, by name.</summary>
    public async Task<IReadOnlyList<UserView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Set<UserRow>().AsNoTracking().OrderBy(row => row.Key).ToListAsync(cancellationToken);
        return [.. rows.Select(row => row.ToView())];
    }

    /// <summary>A user by name, in any case; null when there is none.</summary>
    public async Task<UserRow?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var key = UserRow.KeyOf(name);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<UserRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Key == key, cancellationToken);
    }

    /// <summary>Makes a user.</summary>
    /// <exception cref="ApiException">The request is wrong (400) or the name is taken (409).</exception>
    public async Task<UserView> AddAsync(UserRequest asked, string by, CancellationToken cancellationToken)
    {
        var request = UserRequests.Check(asked, time.GetUtcNow());
        var hash = await passwords.HashAsync(request.Password, cancellationToken);
        return await writer.WriteAsync(context => NewUsers.Add(context, audit, request, hash, by, time.GetUtcNow()).ToView(), cancellationToken);
    }

    /// <summary>Changes a user's role, limits or whether it is disabled. Its sessions have the new rights from the next request on.</summary>
    /// <exception cref="ApiException">There is no such user (404), the change is wrong (400), or it is the last admin (409).</exception>
    public Task<UserView> ChangeAsync(string name, UserChange change, string by, CancellationToken cancellationToken) => writer.WriteAsync(context =>
    {
        var now = time.GetUtcNow();
        var row = Need(context, name);
        var wasAdmin = row is { Role: Roles.Admin, Disabled: false };
        UserRequests.Apply(row, change, now);
        if (wasAdmin && row is not { Role: Roles.Admin, Disabled: false }) Admins.RequireAnother(row.Name, Admins.Exist(context, now, exceptUser: row.Key));
        if (row.Disabled) EndSessions(context, row.Key);
        audit.Record(context, by, "user.changed", row.Name, row.ToCaller().Describe() + (row.Disabled ? ", disabled" : ""));
        return row.ToView();
    }, cancellationToken);

    /// <summary>Gives a user another password and ends its sessions.</summary>
    /// <param name="name">Whose.</param>
    /// <param name="password">The new one.</param>
    /// <param name="by">Who does it.</param>
    /// <param name="keep">The id of a session that goes on: the one in which a user changes the own password.</param>
    /// <param name="cancellationToken">Ends waiting; a change that has begun is made.</param>
    /// <exception cref="ApiException">There is no such user (404), or the password is too weak (400).</exception>
    public async Task SetPasswordAsync(string name, string? password, string by, string? keep, CancellationToken cancellationToken)
    {
        TokenRequests.Refuse(UserRequests.CheckPassword("password", password, name));
        var hash = await passwords.HashAsync(password!, cancellationToken);
        await writer.WriteAsync(context =>
        {
            var row = Need(context, name);
            row.Password = hash;
            EndSessions(context, row.Key, keep);
            audit.Record(context, by, "user.password_changed", row.Name, null);
        }, cancellationToken);
    }

    /// <summary>Removes a user and ends its sessions.</summary>
    /// <exception cref="ApiException">There is no such user (404), or it is the last admin (409).</exception>
    public Task RemoveAsync(string name, string by, CancellationToken cancellationToken) => writer.WriteAsync(context =>
    {
        var row = Need(context, name);
        if (row is { Role: Roles.Admin, Disabled: false })
            Admins.RequireAnother(row.Name, Admins.Exist(context, time.GetUtcNow(), exceptUser: row.Key));
        EndSessions(context, row.Key);
        context.Remove(row);
        audit.Record(context, by, "user.removed", row.Name, null);
    }, cancellationToken);

    private static UserRow Need(WheelhouseContext context, string name)
    {
        var key = UserRow.KeyOf(name);
        return context.Set<UserRow>().FirstOrDefault(row => row.Key == key)
            ?? throw new ApiException(404, ProblemCodes.NotFound, $"There is no user '{name}'.", "List them with GET /api/users.");
    }

    private static void EndSessions(WheelhouseContext context, string user, string? keep = null) =>
        context.Set<SessionRow>().Where(row => row.User == user && row.Id != keep).ExecuteDelete();
}
