using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Access.Tokens;

/// <summary>
/// Answers a request for a token that was made already, known by its <see cref="IdempotencyKey"/>. It cannot have the first answer again: only
/// the hash of the secret is stored.
/// </summary>
internal static class RepeatedTokens
{
    /// <exception cref="ApiException">409: this request made the token; 422: the key was another request's.</exception>
    public static void Refuse(WheelhouseContext context, string? key, TokenRequest request)
    {
        if (key is null || context.Set<TokenRow>().FirstOrDefault(row => row.IdempotencyKey == key) is not { } row) return;
        throw IsOf(row, request)
            ? new ApiException(
                409, ProblemCodes.TokenMade,
                $"This request made the token '{row.Name}' at {row.CreatedAt:u}. Its secret was in that answer and cannot be shown again.",
                $"If that answer was lost, remove the token ('wheelhouse tokens revoke {row.Name}') and send the request again.")
            : new ApiException(
                422, ProblemCodes.InvalidRequest, $"The Idempotency-Key was used to make the token '{row.Name}', which is another than this request asks for.",
                "Send each new request with a key of its own.");
    }

    private static bool IsOf(TokenRow row, TokenRequest request) =>
        row.Name == request.Name && row.Role == request.Role && row.ExpiresAt == request.ExpiresAt
        && row.Services.SequenceEqual(request.Services) && row.Environments.SequenceEqual(request.Environments) && row.Projects.SequenceEqual(request.Projects);
}
