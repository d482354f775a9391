using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Hosting.Http;

/// <summary>Answers every exception of a request with a problem; what is a bug is logged here, once, and only its trace id is told.</summary>
internal sealed class ProblemExceptionHandler(ILogger<ProblemExceptionHandler> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        await Problems.WriteAsync(httpContext, exception switch
        {
            ApiException refusal => refusal,
            BadHttpRequestException bad => UnreadableRequest.Explain(httpContext.Request, bad),
            _ when FullDisk.IsReasonOf(exception) => Full(httpContext, exception),
            _ => Bug(httpContext, exception),
        });
        return true;
    }

    private ApiException Full(HttpContext http, Exception exception)
    {
        logger.LogError(exception, "{Method} {Path} changed nothing, since the disk is full", http.Request.Method, http.Request.Path);
        return new ApiException(507, "storage_failed", "The disk of the server's data directory is full, and nothing was changed.", "Ask the operator to make room on it.");
    }

    private ApiException Bug(HttpContext http, Exception exception)
    {
        var trace = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        logger.LogError(exception, "{Method} {Path} failed (trace {Trace})", http.Request.Method, http.Request.Path, trace);
        return new ApiException(
            500, Problems.InternalError, $"The server failed at this request (trace {trace}).", "Look for the trace in the server's log.");
    }
}
