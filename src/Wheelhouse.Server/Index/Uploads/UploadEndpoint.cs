using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Index.Uploads;

/// <summary>The upload protocol of PyPI ("legacy upload"), as twine, uv and poetry speak it: <c>POST /legacy/</c>.</summary>
internal static class UploadEndpoint
{
    private const int MaxReasonPhrase = 800;

    public static void MapUpload(this IEndpointRouteBuilder routes) => routes.MapPost("/legacy", AnswerAsync)
        .RequireAuthorization(Policies.Publish).DisableAntiforgery().WithTags("Index").ExcludeFromDescription();

    private static async Task AnswerAsync(
        HttpContext http, UploadReader reader, UploadChecker checker, Publisher publisher, ILogger<Publisher> logger, CancellationToken token)
    {
        try
        {
            await TakeAsync(http, reader, checker, publisher, token);
        }
        catch (ApiException refusal)
        {
            await RefuseAsync(http, refusal);
        }
        catch (BadHttpRequestException broken)
        {
            await RefuseAsync(http, new(broken.StatusCode, ProblemCodes.InvalidRequest, "The request is broken off, too slow or too large.", "Try again."));
        }
        catch (IOException failure)
        {
            logger.LogError(failure, "An uploaded file could not be stored");
            await RefuseAsync(http, UploadRefusals.NotStored());
        }
    }

    private static async Task TakeAsync(HttpContext http, UploadReader reader, UploadChecker checker, Publisher publisher, CancellationToken token)
    {
        reader.LimitBody(http);
        var caller = http.Caller();
        await using var form = await reader.ReadAsync(http.Request, caller, token);
        var file = await checker.CheckFormAsync(form, token);
        var contents = await checker.CheckFileAsync(form, file, token);
        await publisher.PublishAsync(file, contents, caller.Name, token);
    }

    /// <summary>twine and poetry show the reason phrase of the answer, and look for "already exists" in it; HTTP/2 has none, and there the body is all.</summary>
    private static Task RefuseAsync(HttpContext http, ApiException refusal)
    {
        http.Features.GetRequiredFeature<IHttpResponseFeature>().ReasonPhrase = ToReasonPhrase($"{refusal.Message.TrimEnd('.')}. {refusal.Fix}");
        return Problems.WriteAsync(http, refusal);
    }

    /// <summary>A reason phrase is one line of ASCII (RFC 9112).</summary>
    private static string ToReasonPhrase(string text)
    {
        var phrase = new StringBuilder(text.Length);
        foreach (var c in text.Take(MaxReasonPhrase))
            phrase.Append(c is >= ' ' and <= '~' ? c : '?');
        return phrase.ToString();
    }
}
