using Wheelhouse.Contracts.Notifications;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Notifications.Channels;
using Wheelhouse.Server.Notifications.Deliveries;

namespace Wheelhouse.Server.Notifications;

/// <summary>Channels and their deliveries over HTTP.</summary>
public static class NotificationEndpoints
{
    /// <summary>Maps applying, checking, trying, reading and deleting channels, and the log of deliveries.</summary>
    public static IEndpointRouteBuilder MapNotifications(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/channels").RequireAuthorization(Policies.Administer).WithTags("Channels");
        group.MapPost("/apply", Apply).Accepts<string>("text/yaml", "*/*").WithSummary("Applies a file of channel documents: all of them, or none when one has an error");
        group.MapPost("/validate", Validate).Accepts<string>("text/yaml", "*/*").WithSummary("Checks a file of channel documents and changes nothing");
        group.MapPost("/preview", PreviewDocument).Accepts<string>("text/yaml", "*/*").WithSummary("Shows what the channels of a file would send; changes nothing and sends nothing");
        group.MapGet("/", (ChannelCatalog channels, CancellationToken token) => channels.ListAsync(token)).WithSummary("Lists the channels and how telling goes");
        group.MapGet("/{channel}", (string channel, ChannelCatalog channels, CancellationToken token) => channels.RequireAsync(channel, token)).WithSummary("Reads a channel");
        group.MapDelete("/{channel}", Delete).WithSummary("Deletes a channel; what it had not told is not told");
        group.MapGet("/{channel}/preview", Preview).WithSummary("Shows what a channel would send");
        group.MapPost("/{channel}/test", Test).WithSummary("Sends an example over a channel now, and says how it went");
        group.MapGet("/{channel}/deliveries", List).WithSummary("Lists a channel's deliveries, the newest first");
        group.MapPost("/{channel}/deliveries/resend", ResendDead).WithSummary("Sends all that was set aside again");
        group.MapPost("/{channel}/deliveries/{id:long}/resend", Resend).WithSummary("Sends what was set aside again, or what waits at once");
        group.MapPost("/{channel}/deliveries/{id:long}/set-aside", SetAside).WithSummary("Sets aside what waits, so that what comes after it is told");
        return routes;
    }

    private static async Task<IReadOnlyList<AppliedChannel>> Apply(HttpContext http, ChannelCatalog channels, CancellationToken token) =>
        await channels.ApplyAsync(await ReadAsync(http.Request, channels, token), http.Caller().Name, token);

    private static async Task<IResult> Validate(HttpRequest request, ChannelCatalog channels, CancellationToken token)
    {
        await ReadAsync(request, channels, token);
        return TypedResults.NoContent();
    }

    private static async Task<IReadOnlyList<NotificationPreview>> PreviewDocument(
        HttpRequest request, string? @event, ChannelDocumentParser parser, ChannelTester tester, CancellationToken token)
    {
        var parsed = parser.Parse(await DocumentBody.ReadAsync(request.Body, token));
        if (parsed.Errors.Count > 0) throw DocumentBody.Invalid(parsed.Errors);
        return [.. parsed.Channels.SelectMany(channel => tester.Preview(channel.Document, @event))];
    }

    private static async Task<IReadOnlyList<NotificationPreview>> Preview(
        string channel, string? @event, ChannelCatalog channels, ChannelTester tester, CancellationToken token) =>
        tester.Preview(await channels.RequireDocumentAsync(channel, token), @event);

    private static async Task<TestMessageResult> Test(string channel, string? @event, ChannelCatalog channels, ChannelTester tester, CancellationToken token) =>
        await tester.SendAsync(await channels.RequireDocumentAsync(channel, token), @event ?? NotificationEvents.Succeeded, token);

    private static async Task<IResult> Delete(string channel, Caller caller, ChannelCatalog channels, CancellationToken token)
    {
        await channels.DeleteAsync(channel, caller.Name, token);
        return TypedResults.NoContent();
    }

    private static async Task<IReadOnlyList<DeliveryView>> List(
        string channel, string? state, string? rollout, long? before, DeliveryQueries deliveries, CancellationToken token) =>
        await deliveries.ListAsync(channel, state, rollout, before, token);

    private static async Task<IResult> ResendDead(string channel, Caller caller, DeliveryQueries deliveries, CancellationToken token)
    {
        await deliveries.ResendDeadAsync(channel, caller.Name, token);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Resend(string channel, long id, Caller caller, DeliveryQueries deliveries, CancellationToken token)
    {
        await deliveries.ResendAsync(channel, id, caller.Name, token);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> SetAside(string channel, long id, Caller caller, DeliveryQueries deliveries, CancellationToken token)
    {
        await deliveries.SetAsideAsync(channel, id, caller.Name, token);
        return TypedResults.NoContent();
    }

    private static async Task<IReadOnlyList<ParsedChannel>> ReadAsync(HttpRequest request, ChannelCatalog channels, CancellationToken token) =>
        await channels.ReadAsync(await DocumentBody.ReadAsync(request.Body, token), token);
}
