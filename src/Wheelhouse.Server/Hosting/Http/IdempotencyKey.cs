using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Server.Hosting.Http;

/// <summary>
/// The header by which a client that lost an answer asks again without having the thing done twice (draft-ietf-httpapi-idempotency-key-header).
/// Whatever is made keeps the key of its request in its own row.
/// </summary>
internal static class IdempotencyKey
{
    private const string Header = "Idempotency-Key";
    private const int Longest = 200;

    /// <summary>The key of a request; null when it has none.</summary>
    /// <exception cref="ApiException">400: it is too long.</exception>
    public static string? Of(HttpRequest request) => request.Headers[Header].FirstOrDefault() switch
    {
        null or "" => null,
        { Length: > Longest } => throw new ApiException(400, ProblemCodes.InvalidRequest, $"The {Header} is longer than {Longest} characters.", "Shorten it."),
        var key => key,
    };
}
