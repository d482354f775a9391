using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Access;

namespace Wheelhouse.Server.Index.Uploads;

/// <summary>The upload protocol of PyPI ("legacy upload"), as twine, uv and poetry speak it: <c>POST /legacy/</c>.</summary>
internal static class UploadEndpoint
{
    public static void MapUpload(this IEndpointRouteBuilder routes) => routes.MapPost("/legacy", Upload)
        .RequireAuthorization(Policies.Publish).DisableAntiforgery().WithTags("Index").ExcludeFromDescription();

    private static async Task<IResult> Upload(
        HttpContext http, UploadReader reader, Publisher publisher, ILogger<Publisher> logger, CancellationToken token)
    {
        try
        {
            if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
                limit.MaxRequestBodySize = reader.MaxRequestSize;
            await using var form = await reader.ReadAsync(http.Request, token);
            var name = UploadChecker.CheckForm(form);
            var contents = await UploadChecker.CheckFileAsync(form, name, token);
            await publisher.PublishAsync(form, name, contents, http.User.Identity?.Name ?? "", token);
            return Results.Ok();
        }
        catch (UploadRefusedException refused)
        {
            return Refuse(http, refused.Status, refused.Code, refused.Message, refused.Fix);
        }
        catch (BadHttpRequestException broken)
        {
            return Refuse(http, broken.StatusCode, ProblemCodes.InvalidRequest, "The request is broken off, too slow or too large.", fix: null);
        }
        catch (IOException failure)
        {
            logger.LogError(failure, "An uploaded file could not be stored");
            return Refuse(
                http, StatusCodes.Status507InsufficientStorage, "storage_failed", "The server could not store the file; its log says why.",
                "Ask the operator to look at the disk of the server's data directory.");
        }
    }

    private static IResult Refuse(HttpContext http, int status, string code, string detail, string? fix)
    {
        // twine and poetry show this phrase and look for "already exists" in it.
        http.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = ToReasonPhrase(detail);
        var problem = new ApiProblem { Title = "The upload is refused", Status = status, Detail = detail, Code = code, Fix = fix };
        return Results.Json(problem, contentType: "application/problem+json", statusCode: status);
    }

    /// <summary>A reason phrase is one line of ASCII (RFC 9112).</summary>
    private static string ToReasonPhrase(string text)
    {
        var phrase = new StringBuilder(text.Length);
        foreach (var c in text.Take(400))
            phrase.Append(c is >= ' ' and <= '~' ? c : '?');
        return phrase.ToString();
    }
}
