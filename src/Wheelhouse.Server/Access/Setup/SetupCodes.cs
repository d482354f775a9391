using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Access.Tokens;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Access.Setup;

/// <summary>Makes the one-time code of a first start, and exchanges it for the first admin's token.</summary>
internal sealed class SetupCodes(DatabaseWriter writer, AuditLog audit, TimeProvider time)
{
    /// <summary>How long a code works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

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
        var hash = TokenSecret.HashOf(request.Code ?? "");
        return writer.WriteAsync(context =>
        {
            var now = time.GetUtcNow();
            var row = context.Set<SetupCodeRow>().FirstOrDefault(row => row.Hash == hash && row.ExpiresAt > now)
                ?? throw new ApiException(
                    403, ProblemCodes.Forbidden, "The code is wrong, was used, was replaced by a later start or has expired.",
                    "Restart the server: it prints a new code as long as there is no admin.");
            context.Remove(row);
            return NewTokens.Add(context, audit, new TokenRequest { Name = request.Name, Role = Roles.Admin }, "setup", now);
        }, cancellationToken);
    }
}
