using Wheelhouse.Server.Access.Passwords;
using Wheelhouse.Server.Access.Users;

namespace Wheelhouse.Server.Access.SignIn;

/// <summary>What came of a name and a password.</summary>
/// <param name="User">The user, when both are right.</param>
/// <param name="Wait">How long to wait before the next try, when this one was not even looked at.</param>
internal sealed record CheckedPassword(UserRow? User, TimeSpan? Wait = null);

/// <summary>Checks names and passwords. What is wrong is not told, by words or by time: not whether the name exists, or is disabled.</summary>
internal sealed class PasswordCheck(UserAccounts users, PasswordHasher passwords, FailedSignIns failures)
{
    public async Task<CheckedPassword> TryAsync(string name, string password, CancellationToken cancellationToken)
    {
        if (failures.Begin(name) is { } wait) return new CheckedPassword(null, wait);
        var user = await users.FindAsync(name, cancellationToken);
        var fits = await passwords.VerifyAsync(password, user?.Password, cancellationToken);
        if (!fits || user is not { Disabled: false }) return new CheckedPassword(null);
        failures.Forget(name);
        return new CheckedPassword(user);
    }
}
