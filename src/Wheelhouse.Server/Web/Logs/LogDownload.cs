using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Builds;
using Wheelhouse.Server.Builds.Journal;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Rollouts;

namespace Wheelhouse.Server.Web.Logs;

/// <summary>A log as a text file, whole as far as it is written.</summary>
internal static class LogDownload
{
    /// <summary>Maps <c>/rollouts/{id}/log.txt</c> and <c>/builds/{id}/log.txt</c>.</summary>
    public static void MapLogDownload(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").RequireAuthorization(Policies.View).ExcludeFromDescription();
        pages.MapGet("/rollouts/{id}/log.txt", SendRolloutAsync);
        pages.MapGet("/builds/{id}/log.txt", SendBuildAsync);
    }

    private static async Task<PushStreamHttpResult> SendRolloutAsync(
        string id, string? node, Caller caller, RolloutQueries rollouts, EventReader events, CancellationToken token)
    {
        var view = await rollouts.FindAsync(id, token) ?? throw RolloutActions.Unknown(id);
        caller.RequireMaySee(view.Service);
        return Send($"{view.Service}-{view.Environment}-{id}", LogSource.OfRollout(id), node, events, token);
    }

    private static async Task<PushStreamHttpResult> SendBuildAsync(string id, string? step, BuildQueries builds, EventReader events, CancellationToken token)
    {
        var view = await builds.FindAsync(id, token) ?? throw BuildActions.Unknown(id);
        return Send($"{view.Project}-{id}", LogSource.OfBuild(id), step, events, token);
    }

    private static PushStreamHttpResult Send(string name, LogSource source, string? part, EventReader events, CancellationToken token) =>
        TypedResults.Stream(body => WriteAsync(body, source, part, events, token), "text/plain; charset=utf-8", $"{name}.log.txt");

    private static async Task WriteAsync(Stream body, LogSource source, string? part, EventReader events, CancellationToken token)
    {
        var lines = new LogLines();
        await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        var after = 0L;
        while (await events.ReadAsync(source.Filter, after, token) is { Count: > 0 } page)
        {
            foreach (var line in page.SelectMany(lines.Of).Where(line => part is null || line.Part == part)) await writer.WriteLineAsync(line.ToText().AsMemory(), token);
            after = page[^1].Id;
        }
    }
}
