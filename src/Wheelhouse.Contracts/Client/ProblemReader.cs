using System.Text.Json;
using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Contracts.Client;

/// <summary>Turns answers that are not a success into <see cref="WheelhouseApiException"/>.</summary>
internal static class ProblemReader
{
    private const int LongestText = 500;

    /// <summary>Returns the response when it is a success; otherwise disposes of it and throws what it says.</summary>
    public static async Task<HttpResponseMessage> EnsureSuccessAsync(HttpResponseMessage response, CancellationToken token)
    {
        if (response.IsSuccessStatusCode) return response;
        using (response)
        {
            throw new WheelhouseApiException(await ReadAsync(response, token));
        }
    }

    private static async Task<ApiProblem> ReadAsync(HttpResponseMessage response, CancellationToken token)
    {
        var status = (int)response.StatusCode;
        if (response.Headers.Location is { } location && status is >= 300 and < 400)
        {
            return new ApiProblem
            {
                Status = status,
                Detail = $"The server redirects to {location}.",
                Fix = "Use that address as the server's URL.",
            };
        }
        var text = await response.Content.ReadAsStringAsync(token);
        return FromJson(text, status) ?? new ApiProblem
        {
            Status = status,
            Code = CodeOf(status),
            Detail = $"The server answered {status} {response.ReasonPhrase}{Excerpt(text, response)}",
        };
    }

    private static ApiProblem? FromJson(string text, int status)
    {
        try
        {
            var problem = JsonSerializer.Deserialize<ApiProblem>(text, WheelhouseClient.Json);
            return problem is null ? null : problem with { Status = status, Code = problem.Code ?? CodeOf(status) };
        }
        catch (JsonException)
        {
            return null; // Not our server's answer: a proxy's page, or a plain text
        }
    }

    private static string? CodeOf(int status) => status switch
    {
        401 => ProblemCodes.Unauthenticated,
        403 => ProblemCodes.Forbidden,
        404 => ProblemCodes.NotFound,
        _ => null,
    };

    private static string Excerpt(string text, HttpResponseMessage response)
    {
        var trimmed = text.Trim();
        var isPage = response.Content.Headers.ContentType?.MediaType is "text/html";
        if (trimmed.Length == 0 || isPage) return ".";
        return ": " + (trimmed.Length > LongestText ? trimmed[..LongestText] + "…" : trimmed);
    }
}
