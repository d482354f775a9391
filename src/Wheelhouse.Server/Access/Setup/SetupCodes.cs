using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Access.Passwords;
using Wheelhouse.Server.Access.Sessions;
using Wheelhouse.Server.Access.Tokens;
using Wheelhouse.Server.Access.Users;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Access.Setup;

/// <summary>Makes the one-time code of a first start, and exchanges it for the first admin: a user, or a token.</summary>
internal sealed class SetupCodes(DatabaseWriter writer, PasswordHasher passwords, NewSessions sessions, AuditLog audit, TimeProvider time)
{
    /// <summary>How long a code works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private const string By = "setup";

    /// <summary>Makes a code, which replaces any earlier one. It has 128 random bits, so it cannot be guessed in its time.</summary>
    /// <param name="context">The context that a change of the writer was given.</param>
    public string Replace(WheelhouseContext context)
    {
        Remove(context);
        var code = RandomNumberGenerator.GetHexString(32, lowercase: true);
        context.Add(new SetupCodeRow { Hash = TokenSecret.HashOf(code), ExpiresAt = time.GetUtcNow() + Lifetime });
        return code;
    }

    /// <summary>Ends every code.</summary>
    public static void Remove(WheelhouseContext context) => context.Set<SetupCodeRow>().ExecuteDelete();

    /// <summary>Uses up a code and makes an admin's token.</summary>
    /// <exception cref="ApiException">The code is not valid (403), or the name is not (400) or is taken (409); the code stays usable then.</exception>
    public Task<CreatedToken> ExchangeAsync(SetupRequest request, CancellationToken cancellationToken)
    {
        if (TokenRequests.CheckName(request.Name) is { } error) TokenRequests.Refuse([error]);
        return writer.WriteAsync(context =>
        {
            UseUp(context, request.Code);
            return NewTokens.Add(context, audit, new TokenRequest { Name = request.Name, Role = Roles.Admin }, By, time.GetUtcNow());
        }, cancellationToken);
    }

    /// <summary>Uses up a code, makes an admin and signs in.</summary>
    /// <param name="code">The code.</param>
    /// <param name="name">The admin's name.</param>
    /// <param name="password">The admin's password.</param>
    /// <param name="from">The client's address.</param>
    /// <param name="cancellationToken">Ends waiting.</param>
    /// <returns>The secret of the new session.</returns>
    /// <exception cref="ApiException">The code is not valid (403), or the name or the password is not (400) or the name is taken (409); the code stays usable then.</exception>
    public async Task<string> SignUpAsync(string code, string name, string password, string? from, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var request = UserRequests.Check(new UserRequest { Name = name, Password = password, Role = Roles.Admin }, now);
        await RequireValidAsync(code, cancellationToken);
        var hash = await passwords.HashAsync(password, cancellationToken);
        return await writer.WriteAsync(context =>
        {
            UseUp(context, code);
            var user = NewUsers.Add(context, audit, request, hash, By, now);
            user.LastSignInAt = now;
            return sessions.Add(context, user.ToCaller(), user.Key, token: null, from);
        }, cancellationToken);
    }

    /// <summary>Nobody without a code has the server hash passwords.</summary>
    private Task RequireValidAsync(string code, CancellationToken cancellationToken) => writer.WriteAsync(context => { Find(context, code); }, cancellationToken);

    private void UseUp(WheelhouseContext context, string? code) => context.Remove(Find(context, code));

    private SetupCodeRow Find(WheelhouseContext context, string? code)
    {
        var hash = TokenSecret.HashOf(code ?? "");
        var now = time.GetUtcNow();
        return context.Set<SetupCodeRow>().FirstOrDefault(row => row.Hash == hash && row.ExpiresAt > now) ?? throw new ApiException(
            403, ProblemCodes.Forbidden, "The code is wrong, was used, was replaced by a later start or has expired.",
            "Restart the server: it prints a new code as long as there is no admin.");
    }
}
