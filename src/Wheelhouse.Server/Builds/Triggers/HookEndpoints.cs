using Microsoft.AspNetCore.Http.Features;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Builds.Triggers;

/// <summary>Where git hosts tell of pushes: <c>POST /hooks/PROJECT</c>, known by their signature instead of a token.</summary>
internal static class HookEndpoints
{
    /// <summary>How large a payload may be, in bytes: 5 MiB.</summary>
    public const int MostBytes = 5 << 20;

    public static void MapHooks(this IEndpointRouteBuilder routes) => routes.MapPost("/hooks/{project}", ReceiveAsync).AllowAnonymous().DisableAntiforgery()
        .WithTags("Builds").WithSummary("Takes what GitHub, GitLab, Gitea, Forgejo or anything else tells of a push");

    private static async Task<IResult> ReceiveAsync(string project, HttpContext http, HookReceiver receiver, CancellationToken token)
    {
        var body = await ReadAsync(http, token);
        var answer = await receiver.ReceiveAsync(project, http.Request.Headers, body, token);
        return answer.Result == "building" ? TypedResults.Accepted($"/api/builds/{answer.Build}", answer) : TypedResults.Ok(answer);
    }

    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContext http, CancellationToken token)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = MostBytes + 1;
        if (http.Request.ContentLength > MostBytes) throw TooLarge();
        using var bytes = new MemoryStream();
        var buffer = new byte[64 * 1024];
        for (int read; (read = await http.Request.Body.ReadAsync(buffer, token)) > 0;)
        {
            if (bytes.Length + read > MostBytes) throw TooLarge();
            bytes.Write(buffer, 0, read);
        }

        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    private static ApiException TooLarge() => new(413, ProblemCodes.InvalidRequest, $"The payload is larger than {MostBytes >> 20} MiB.", "Have the git host send pushes only.");
}
