using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.WebUtilities;
using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Server.Hosting.Http;

/// <summary>Writes problems (RFC 9457) as answers.</summary>
public static class Problems
{
    /// <summary>The media type of a problem.</summary>
    public const string ContentType = "application/problem+json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Answers with a problem.</summary>
    public static Task WriteAsync(HttpContext http, ApiException exception)
    {
        http.Response.StatusCode = exception.Status;
        var problem = new ApiProblem
        {
            Title = TitleOf(exception.Status),
            Status = exception.Status,
            Detail = exception.Message,
            Code = exception.Code,
            Fix = exception.Fix,
            Rollout = exception.Rollout,
            Errors = exception.Errors,
        };
        return http.Response.WriteAsJsonAsync(problem, Json, ContentType, http.RequestAborted);
    }

    /// <summary>Says what an answer means that has a status but no body, such as that of a path that does not exist.</summary>
    internal static ApiException OfStatus(HttpContext http)
    {
        var request = http.Request;
        return http.Response.StatusCode switch
        {
            401 => new ApiException(401, ProblemCodes.Unauthenticated, "A token is needed.", "Log in with 'wheelhouse login'."),
            403 => new ApiException(403, ProblemCodes.Forbidden, "The token does not allow this.", "Ask an admin for a token that does."),
            404 => new ApiException(404, ProblemCodes.NotFound, $"There is nothing at {request.Path}.", "Check the address."),
            405 => new ApiException(405, "method_not_allowed", $"{request.Method} is not possible at {request.Path}.",
                http.Response.Headers.Allow.Count > 0 ? $"Use {http.Response.Headers.Allow}." : null),
            413 => TooLarge(),
            415 => UnsupportedMediaType(request),
            var status => new ApiException(
                status, status < 500 ? ProblemCodes.InvalidRequest : InternalError, $"{TitleOf(status)}: {request.Method} {request.Path}."),
        };
    }

    /// <summary>The code of everything that is the server's own fault.</summary>
    internal const string InternalError = "internal_error";

    internal static ApiException TooLarge() => new(413, "too_large", "The request's body is too large.");

    internal static ApiException UnsupportedMediaType(HttpRequest request) => new(
        415, "unsupported_media_type", $"A body of the type '{request.ContentType}' is not understood at {request.Path}.", "Send application/json.");

    private static string TitleOf(int status) => ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase : $"Status {status}";
}
