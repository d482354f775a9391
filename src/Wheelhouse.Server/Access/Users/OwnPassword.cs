using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Access.SignIn;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Access.Users;

/// <summary>Changes the password of the user who asks.</summary>
internal sealed class OwnPassword(PasswordCheck check, UserAccounts users)
{
    /// <summary>Changes it and ends the user's other sessions.</summary>
    /// <returns>How long to wait before the next try, when there were too many; null when it was changed.</returns>
    /// <exception cref="ApiException">The caller is a token (409), the old password is wrong (403), or the new one too weak (400).</exception>
    public async Task<TimeSpan?> ChangeAsync(Caller caller, OwnPasswordRequest request, CancellationToken cancellationToken)
    {
        if (!caller.IsUser) throw new ApiException(409, ProblemCodes.WrongState, $"'{caller.Name}' is a token and has no password.", "Sign in as a user.");
        var (user, wait) = await check.TryAsync(caller.Name, request.Old ?? "", cancellationToken);
        if (wait is not null) return wait;
        if (user is null) throw new ApiException(403, ProblemCodes.Forbidden, "The old password is wrong.", "Enter it again, or ask an admin for a new one.");
        await users.SetPasswordAsync(caller.Name, request.Password, caller.Name, caller.Session, cancellationToken);
        return null;
    }
}
