using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Rollouts;

namespace Wheelhouse.Server.Web.Rollouts;

/// <summary>A rollout's log as a text file, as far as it is written.</summary>
internal static class LogDownload
{
    /// <summary>Maps <c>/rollouts/{id}/log.txt</c>.</summary>
    public static void MapLogDownload(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/rollouts/{id}/log.txt", SendAsync).RequireAuthorization(Policies.View).ExcludeFromDescription();

    private static async Task<PushStreamHttpResult> SendAsync(
        string id, string? node, Caller caller, RolloutQueries rollouts, RolloutLogs logs, CancellationToken token)
    {
        var view = await rollouts.FindAsync(id, token) ?? throw RolloutActions.Unknown(id);
        caller.RequireMaySee(view.Service);
        return TypedResults.Stream(body => WriteAsync(body, id, node, logs, token), "text/plain; charset=utf-8", $"{view.Service}-{view.Environment}-{id}.log.txt");
    }

    private static async Task WriteAsync(Stream body, string id, string? node, RolloutLogs logs, CancellationToken token)
    {
        var log = logs.Open(id);
        try
        {
            await log.Read.WaitAsync(token);
            await using var writer = new StreamWriter(body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            foreach (var line in log.Lines(node, text: null)) await writer.WriteLineAsync(line.ToText().AsMemory(), token);
        }
        finally
        {
            logs.Close(id);
        }
    }
}
