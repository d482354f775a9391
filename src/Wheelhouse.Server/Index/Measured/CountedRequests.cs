namespace Wheelhouse.Server.Index.Measured;

/// <summary>Counts the answers of the index, those from memory too.</summary>
internal sealed class CountedRequests(RequestDelegate next, IndexRequests requests)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (http.Request.Path.Value is not { } path || IndexRoutes.Of(path) is not { } route) return next(http);
        var answering = next(http);
        if (!answering.IsCompletedSuccessfully) return CountAsync(answering, route, http.Response);
        requests.Count(route, http.Response.StatusCode);
        return answering;
    }

    /// <summary>An answer that could not be sent to its end is not counted: the client went away.</summary>
    private async Task CountAsync(Task answering, int route, HttpResponse response)
    {
        await answering;
        requests.Count(route, response.StatusCode);
    }
}
