using System.Text.Json;
using Wheelhouse.Server.Access;

namespace Wheelhouse.Server.Nodes.Doctor;

/// <summary>The doctor of nodes over HTTP: one finding a line, each sent as soon as it is made.</summary>
internal static class DoctorEndpoints
{
    public static void MapDoctor(this IEndpointRouteBuilder routes) => routes
        .MapGet("/api/services/{service}/environments/{environment}/doctor", DiagnoseAsync)
        .RequireAuthorization(Policies.View)
        .WithTags("Nodes");

    private static async Task DiagnoseAsync(
        string service, string environment, HttpContext http, IEnvironmentNodes nodes, NodeDoctor doctor, CancellationToken token)
    {
        http.Caller().RequireMaySee(service);
        var target = await nodes.FindAsync(service, environment, token);
        http.Response.ContentType = "application/x-ndjson";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        await foreach (var finding in doctor.DiagnoseAsync(target, token))
        {
            await JsonSerializer.SerializeAsync(http.Response.Body, finding, JsonSerializerOptions.Web, token);
            await http.Response.Body.WriteAsync("\n"u8.ToArray(), token);
            await http.Response.Body.FlushAsync(token);
        }
    }
}
