using System.Globalization;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Python.Names;
using Wheelhouse.Python.SimpleApi;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Index.Simple;

/// <summary>
/// The simple API for installers, in HTML and JSON (PEP 503, 691): <c>/simple/</c> as it is, and <c>/at/{ticks}/simple/</c> as it was at a moment,
/// given in UTC ticks (100 ns since the year 1): only files uploaded at that moment or before.
/// </summary>
internal static class SimpleEndpoints
{
    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapSimple(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").RequireAuthorization(Policies.ReadIndex).WithTags("Index").ExcludeFromDescription();
        group.MapMethods("/simple", Methods, (HttpContext http, SimplePages pages, CancellationToken token) =>
            AnswerAsync(http, pages, prefix: "", project: null, until: null, token));
        group.MapMethods("/simple/{project}", Methods, (string project, HttpContext http, SimplePages pages, CancellationToken token) =>
            AnswerAsync(http, pages, prefix: "", project, until: null, token));
        group.MapMethods("/at/{ticks:long}/simple", Methods, (long ticks, HttpContext http, SimplePages pages, CancellationToken token) =>
            AnswerAtAsync(http, pages, ticks, project: null, token));
        group.MapMethods("/at/{ticks:long}/simple/{project}", Methods, (long ticks, string project, HttpContext http, SimplePages pages, CancellationToken token) =>
            AnswerAtAsync(http, pages, ticks, project, token));
    }

    private static Task AnswerAtAsync(HttpContext http, SimplePages pages, long ticks, string? project, CancellationToken token)
    {
        if (ticks < DateTimeOffset.MinValue.Ticks || ticks > DateTimeOffset.MaxValue.Ticks)
            throw new ApiException(StatusCodes.Status400BadRequest, ProblemCodes.InvalidRequest, "The moment after /at/ must be UTC ticks, from 0 to 3155378975999999999.");
        var prefix = string.Create(CultureInfo.InvariantCulture, $"/at/{ticks}");
        return AnswerAsync(http, pages, prefix, project, new DateTimeOffset(ticks, TimeSpan.Zero), token);
    }

    private static async Task AnswerAsync(
        HttpContext http, SimplePages pages, string prefix, string? project, DateTimeOffset? until, CancellationToken token)
    {
        if (project is not null && !ProjectName.IsValid(project))
            throw NotFound(project);
        var path = project is null ? $"{prefix}/simple/" : $"{prefix}/simple/{ProjectName.Normalize(project)}/";
        if (!string.Equals(http.Request.Path.Value, path, StringComparison.Ordinal))
        {
            http.Response.Redirect($"{http.Request.PathBase}{path}", permanent: true);
            return;
        }

        var mediaType = Negotiation.MediaTypeFor(http.Request);
        if (mediaType is null)
            throw NotAcceptable(http);
        var page = project is null
            ? await pages.FindListAsync(until, mediaType, token)
            : await pages.FindProjectAsync(ProjectName.Normalize(project), until, mediaType, depth: until is null ? 2 : 4, token);
        if (page is null)
            throw NotFound(project!);
        await page.WriteAsync(http);
    }

    private static ApiException NotAcceptable(HttpContext http)
    {
        http.Response.Headers.Vary = "Accept";
        return new(
            StatusCodes.Status406NotAcceptable, "not_acceptable", $"Nothing of what Accept asks for is offered here: '{http.Request.Headers.Accept}'.",
            $"Ask for {SimpleMediaTypes.Json}, {SimpleMediaTypes.Html} or {SimpleMediaTypes.PlainHtml}.");
    }

    private static ApiException NotFound(string project) =>
        new(StatusCodes.Status404NotFound, ProblemCodes.NotFound, $"There is no project '{project}' on this index.");
}
