using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Access.Tokens;

/// <summary>Adds tokens to the database, inside a change of the <see cref="DatabaseWriter"/>.</summary>
internal static class NewTokens
{
    /// <summary>Makes a token and records that.</summary>
    /// <param name="context">The context that the change was given.</param>
    /// <param name="audit">Where it is recorded.</param>
    /// <param name="request">What to make; checked.</param>
    /// <param name="by">Who makes it.</param>
    /// <param name="now">The time.</param>
    /// <param name="idempotencyKey">The key of the request, or null.</param>
    /// <exception cref="ApiException">409: the name is taken.</exception>
    public static CreatedToken Add(
        WheelhouseContext context, AuditLog audit, TokenRequest request, string by, DateTimeOffset now, string? idempotencyKey = null)
    {
        if (context.Set<TokenRow>().Any(other => other.Name == request.Name))
        {
            throw new ApiException(
                409, ProblemCodes.NameTaken, $"There is a token '{request.Name}' already.", "Choose another name, or remove that token first.");
        }

        var secret = TokenSecret.New();
        var row = Add(context, audit, request, secret, by, now);
        row.IdempotencyKey = idempotencyKey;
        return new CreatedToken(secret.Text, row.ToView());
    }

    /// <summary>Adds a token with a given secret and records that.</summary>
    public static TokenRow Add(
        WheelhouseContext context, AuditLog audit, TokenRequest request, TokenSecret secret, string by, DateTimeOffset now)
    {
        var row = new TokenRow
        {
            Id = secret.Id,
            Hash = secret.Hash,
            Name = request.Name,
            Role = request.Role,
            Services = [.. request.Services],
            Environments = [.. request.Environments],
            Projects = [.. request.Projects],
            ExpiresAt = request.ExpiresAt?.ToUniversalTime(),
            CreatedAt = now,
            CreatedBy = by,
        };
        context.Add(row);
        audit.Record(context, by, "token.created", row.Name, $"role {row.Role}");
        return row;
    }
}
