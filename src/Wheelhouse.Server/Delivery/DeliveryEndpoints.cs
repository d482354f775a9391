using System.Text;
using Microsoft.AspNetCore.Mvc;
using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Delivery.Commits;
using Wheelhouse.Server.Delivery.Figures;
using Wheelhouse.Server.Delivery.Undeployed;

namespace Wheelhouse.Server.Delivery;

/// <summary>Delivery metrics over HTTP, and the commits that they are computed from.</summary>
public static class DeliveryEndpoints
{
    /// <summary>Maps <c>/api/delivery</c>, <c>/api/delivery.csv</c>, what is not deployed yet, and the commits of releases.</summary>
    public static IEndpointRouteBuilder MapDelivery(this IEndpointRouteBuilder routes)
    {
        routes.MapReleaseCommits();
        var group = routes.MapGroup("/api").RequireAuthorization(Policies.View).WithTags("Delivery");
        group.MapGet("/delivery", FindAsync).WithSummary("Deployment frequency, lead time, change failure rate and time to restore: in total, over time, by service and by team");
        group.MapGet("/delivery.csv", WriteAsync).WithSummary("The same as CSV: a row for each bucket and service").Produces<string>(contentType: "text/csv");
        group.MapGet("/services/{service}/environments/{environment}/undeployed", FindUndeployedAsync)
            .WithSummary("What was published since the release that runs there, with its commits and their age");
        return routes;
    }

    private static async Task<DeliveryView> FindAsync(
        [AsParameters] DeliveryParameters asked, Caller caller, DeliveryQueries delivery, TimeProvider time, CancellationToken token) =>
        (await delivery.ReadAsync(asked.ToFilter(time.GetUtcNow()), caller, token)).ToView();

    private static async Task<IResult> WriteAsync(
        [AsParameters] DeliveryParameters asked, Caller caller, DeliveryQueries delivery, TimeProvider time, CancellationToken token)
    {
        var report = await delivery.ReadAsync(asked.ToFilter(time.GetUtcNow()), caller, token);
        return TypedResults.File(Encoding.UTF8.GetBytes(DeliveryCsv.Write(report)), "text/csv; charset=utf-8", "delivery.csv");
    }

    private static Task<UndeployedView> FindUndeployedAsync(
        string service, string environment, Caller caller, UndeployedQueries undeployed, CancellationToken token)
    {
        caller.RequireMaySee(service);
        return undeployed.FindAsync(service, environment, token);
    }

    /// <summary>The query; see <see cref="DeliveryQuery"/>. An empty value is one that was left out, as forms send it.</summary>
    private sealed record DeliveryParameters(
        [FromQuery] string? Service, [FromQuery] string? Team, [FromQuery] string? Environment, [FromQuery] string? From, [FromQuery] string? To, [FromQuery] string? Bucket)
    {
        public DeliveryFilter ToFilter(DateTimeOffset now) =>
            new(Period.Parse(Given(From), Given(To), Given(Bucket), now), Given(Service), Given(Team), Given(Environment));

        private static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;
    }
}
