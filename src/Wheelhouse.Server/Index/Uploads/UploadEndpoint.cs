using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Uploads;

/// <summary>The upload protocol of PyPI ("legacy upload"), as twine, uv and poetry speak it: <c>POST /legacy/</c>.</summary>
internal static class UploadEndpoint
{
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
        catch (Exception failure) when (failure is IOException || FullDisk.IsReasonOf(failure))
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
        var build = UploadBuild.Read(http.Request, form);
        var contents = await checker.CheckFileAsync(form, file, token);
        await publisher.PublishAsync(file, contents, caller.Name, build, token);
    }

    private static Task RefuseAsync(HttpContext http, ApiException refusal)
    {
        ReasonPhrase.Explain(http, refusal);
        return Problems.WriteAsync(http, refusal);
    }
}
