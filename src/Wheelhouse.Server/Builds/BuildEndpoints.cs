using Microsoft.AspNetCore.Mvc;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Builds.Journal;
using Wheelhouse.Server.Builds.Triggers;
using Wheelhouse.Server.Events;

namespace Wheelhouse.Server.Builds;

/// <summary>Builds over HTTP.</summary>
internal static class BuildEndpoints
{
    private const int UsualPage = 50;
    private const int LongestPage = 500;

    /// <summary>Maps asking for builds, reading, following and cancelling them.</summary>
    public static void MapBuildRequests(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api").RequireAuthorization(Policies.View).WithTags("Builds");
        group.MapPost("/projects/{name}/builds", RequestAsync).RequireAuthorization(Policies.Publish).WithSummary("Asks for a build of a project");
        group.MapPost("/projects/{name}/builds/working-tree", SendAsync).RequireAuthorization(Policies.Publish).WithMetadata(new DisableRequestSizeLimitAttribute())
            .Accepts<Stream>("application/x-git-packed-objects").WithSummary("Builds and tests commits that are not pushed; publishes nothing");
        group.MapGet("/builds", (string? project, string? state, string? before, int? limit, BuildQueries builds, CancellationToken token) =>
            builds.ListAsync(project, state, before, Math.Clamp(limit ?? UsualPage, 1, LongestPage), token)).WithSummary("Lists builds, the newest first");
        group.MapGet("/builds/{id}", async (string id, BuildQueries builds, CancellationToken token) =>
            await builds.FindAsync(id, token) ?? throw BuildActions.Unknown(id)).WithSummary("Reads a build");
        group.MapPost("/builds/{id}/cancel", (string id, Caller caller, BuildActions actions, CancellationToken token) =>
            actions.CancelAsync(id, caller, token)).RequireAuthorization(Policies.Publish).WithSummary("Ends a build within seconds");
        group.MapGet("/builds/{id}/events", StreamAsync).WithSummary("Follows a build: server-sent events up to its end, resumed with Last-Event-ID");
        group.MapGet("/builds/{id}/log", LogAsync).Produces<string>(contentType: "text/plain").WithSummary("Reads what a build printed");
    }

    private static async Task<IResult> RequestAsync(string name, BuildRequest request, Caller caller, BuildActions actions, CancellationToken token)
    {
        var build = await actions.RequestAsync(name, request, caller, token);
        return TypedResults.Accepted($"/api/builds/{build.Id}", build);
    }

    private static async Task<IResult> SendAsync(string name, string commit, HttpRequest request, Caller caller, WorkingTrees trees, CancellationToken token)
    {
        var build = await trees.RequestAsync(name, commit, request.Body, caller, token);
        return TypedResults.Accepted($"/api/builds/{build.Id}", build);
    }

    private static async Task<IResult> StreamAsync(
        string id, long? after, HttpContext http, BuildQueries builds, EventReader reader, IHostApplicationLifetime lifetime, CancellationToken token)
    {
        _ = await builds.FindAsync(id, token) ?? throw BuildActions.Unknown(id);
        return EventEndpoints.Follow(http, new EventFilter { Build = id }, after, reader, lifetime, token);
    }

    private static async Task LogAsync(string id, HttpContext http, BuildQueries builds, CancellationToken token)
    {
        _ = await builds.FindAsync(id, token) ?? throw BuildActions.Unknown(id);
        http.Response.ContentType = "text/plain; charset=utf-8";
        await foreach (var line in builds.ReadLogAsync(id, token)) await http.Response.WriteAsync(line + "\n", token);
    }
}
