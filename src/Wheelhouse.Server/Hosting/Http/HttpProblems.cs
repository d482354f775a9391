using Microsoft.AspNetCore.Diagnostics;

namespace Wheelhouse.Server.Hosting.Http;

/// <summary>Makes every answer that is not a success a problem (RFC 9457, <see cref="Contracts.Errors.ApiProblem"/>).</summary>
public static class HttpProblems
{
    private const string NotFoundPage = "/not-found";

    /// <summary>Registers what <see cref="UseHttpProblems"/> needs.</summary>
    public static IServiceCollection AddHttpProblems(this IServiceCollection services) => services
        .AddExceptionHandler<ProblemExceptionHandler>()
        .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true); // Else a 400 says nothing about the field

    /// <summary>Answers exceptions and empty error answers with problems. Call it before everything that may fail, authentication too.</summary>
    public static WebApplication UseHttpProblems(this WebApplication app)
    {
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(context => IsLost(context.HttpContext)
            ? ShowNotFoundAsync(context)
            : Problems.WriteAsync(context.HttpContext, Problems.OfStatus(context.HttpContext)));
        return app;
    }

    private static bool IsLost(HttpContext http) =>
        http.Response.StatusCode == 404 && http.Request.Path != NotFoundPage && PageRequest.Is(http.Request);

    /// <summary>Answers with the page that says so, at the address that was asked for.</summary>
    private static Task ShowNotFoundAsync(StatusCodeContext context)
    {
        var http = context.HttpContext;
        http.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature
        {
            OriginalPathBase = http.Request.PathBase,
            OriginalPath = http.Request.Path,
            OriginalQueryString = http.Request.QueryString.Value,
        });
        http.SetEndpoint(null);
        http.Request.RouteValues.Clear();
        http.Request.Path = NotFoundPage;
        return context.Next(http);
    }
}
