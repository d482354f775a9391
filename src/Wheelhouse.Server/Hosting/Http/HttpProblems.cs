namespace Wheelhouse.Server.Hosting.Http;

/// <summary>Makes every answer that is not a success a problem (RFC 9457, <see cref="Contracts.Errors.ApiProblem"/>).</summary>
public static class HttpProblems
{
    /// <summary>Registers what <see cref="UseHttpProblems"/> needs.</summary>
    public static IServiceCollection AddHttpProblems(this IServiceCollection services) => services
        .AddExceptionHandler<ProblemExceptionHandler>()
        .Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true); // Else a 400 says nothing about the field

    /// <summary>Answers exceptions and empty error answers with problems. Call it before everything that may fail, authentication too.</summary>
    public static WebApplication UseHttpProblems(this WebApplication app)
    {
        app.UseExceptionHandler(_ => { });
        app.UseStatusCodePages(context => Problems.WriteAsync(context.HttpContext, Problems.OfStatus(context.HttpContext)));
        return app;
    }
}
