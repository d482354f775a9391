using Scalar.AspNetCore;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Health;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Index;

namespace Wheelhouse.Server.Hosting;

/// <summary>The middleware, in order, and the server's own endpoints.</summary>
internal static class HostingEndpoints
{
    public static void UseHosting(this WebApplication app)
    {
        app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseReadyAnswers();
        app.UseHttpProblems();
        app.UseRouting();
        app.UseAccess();
    }

    public static void MapHosting(this WebApplication app)
    {
        app.MapOpenApi().AllowAnonymous();
        app.MapScalarApiReference("/docs/api").AllowAnonymous();
        var group = app.MapGroup("").AllowAnonymous().WithTags("Server");
        group.MapGet("/health/live", () => TypedResults.Text("live")).WithSummary("The process answers");
        group.MapGet("/health/ready", ReadyAsync).WithSummary("The server can work: it has started, and reads and writes its database and its disk");
        group.MapGet("/api/version", () => new ServerVersion(ProgramVersion.Text)).WithSummary("The server's version");
    }

    private static async Task<IResult> ReadyAsync(Readiness readiness, CancellationToken token)
    {
        await readiness.CheckAsync(token);
        return TypedResults.Text("ready");
    }

    /// <summary>The server's version.</summary>
    internal sealed record ServerVersion(string Version);
}
