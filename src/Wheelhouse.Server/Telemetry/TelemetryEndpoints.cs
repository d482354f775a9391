using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Telemetry;

/// <summary>The metrics over HTTP.</summary>
public static class TelemetryEndpoints
{
    /// <summary>Maps <c>/metrics</c> in Prometheus' text format, for those who may see all services, or for everybody when the settings say so.</summary>
    public static IEndpointRouteBuilder MapTelemetry(this IEndpointRouteBuilder routes)
    {
        var options = routes.ServiceProvider.GetRequiredService<TelemetryOptions>();
        if (!options.Metrics) return routes;
        var metrics = routes.MapPrometheusScrapingEndpoint("/metrics", meterProvider: null, branch => branch.Use(RefuseLimited(options)), optionsName: null);
        if (options.AnonymousMetrics) metrics.AllowAnonymous();
        else metrics.RequireAuthorization(Policies.View);
        return routes;
    }

    /// <summary>The metrics name every service.</summary>
    private static Func<RequestDelegate, RequestDelegate> RefuseLimited(TelemetryOptions options) => next => http =>
    {
        if (!options.AnonymousMetrics && http.Caller() is { Services.Count: > 0 } caller)
        {
            throw new ApiException(
                StatusCodes.Status403Forbidden, ProblemCodes.Forbidden, $"{caller.Title} may not read the metrics: they tell of every service, and it may see {string.Join(", ", caller.Services)} only.",
                "Use a token with the role viewer that is not limited to services.");
        }

        return next(http);
    };
}
