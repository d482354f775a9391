using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Tests.Cli;

/// <summary>A stand-in for the server, for what cannot be had from a real one at will: connections that break in a certain place.</summary>
internal sealed class ApiDouble : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Lock _gate = new();
    private readonly List<EventView> _log = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ApiDouble(WebApplication app) => _app = app;

    /// <summary>The rollout that every question about a rollout is answered with.</summary>
    public RolloutView Rollout { get; set; } = Sample.Rollout(RolloutStates.Running);

    /// <summary>Answers to other paths, by method and path.</summary>
    public Dictionary<string, Func<HttpContext, Task>> Routes { get; } = [];

    /// <summary>After how many events each of the next connections is cut; empty for no cut.</summary>
    public Queue<int> Cuts { get; } = new();

    /// <summary>The <c>Last-Event-ID</c> of each connection to the stream.</summary>
    public ConcurrentQueue<string> Connections { get; } = new();

    /// <summary>Method and path of each request.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public string? IdempotencyKey { get; private set; }

    /// <summary>The status of the answer to asking for a rollout.</summary>
    public int AskStatus { get; set; } = StatusCodes.Status202Accepted;

    public string Url => _app.Urls.First();

    public static async Task<ApiDouble> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var api = new ApiDouble(builder.Build());
        api._app.Run(api.AnswerAsync);
        await api._app.StartAsync(TestContext.Current.CancellationToken);
        return api;
    }

    public void Happen(params IEnumerable<EventView> events)
    {
        lock (_gate)
        {
            _log.AddRange(events);
            _more.SetResult();
            _more = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public static async Task ProblemAsync(HttpContext http, ApiProblem problem)
    {
        http.Response.StatusCode = problem.Status;
        await http.Response.WriteAsJsonAsync(problem, WheelhouseClient.Json, "application/problem+json");
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        var request = $"{http.Request.Method} {http.Request.Path}";
        Requests.Enqueue(request);
        if (Routes.TryGetValue(request, out var answer)) await answer(http);
        else if (request == "GET /api/events/stream") await StreamAsync(http);
        else if (request == "GET /api/events") await http.Response.WriteAsJsonAsync(After(long.Parse(http.Request.Query["after"]!, CultureInfo.InvariantCulture)));
        else if (request.StartsWith("POST ", StringComparison.Ordinal) && request.EndsWith("/rollouts", StringComparison.Ordinal))
        {
            IdempotencyKey = http.Request.Headers["Idempotency-Key"];
            http.Response.StatusCode = AskStatus;
            await http.Response.WriteAsJsonAsync(Rollout);
        }
        else if (request == $"GET /api/rollouts/{Rollout.Id}") await http.Response.WriteAsJsonAsync(Rollout);
        else await ProblemAsync(http, new ApiProblem { Status = 404, Code = ProblemCodes.NotFound, Detail = $"There is no {http.Request.Path}." });
    }

    private async Task StreamAsync(HttpContext http)
    {
        var last = http.Request.Headers["Last-Event-ID"].ToString();
        Connections.Enqueue(last);
        var after = long.TryParse(last, out var id) ? id : 0;
        var cut = Cuts.TryDequeue(out var count) ? count : int.MaxValue;
        http.Response.ContentType = "text/event-stream";
        await http.Response.Body.FlushAsync(http.RequestAborted);
        while (!http.RequestAborted.IsCancellationRequested)
        {
            var more = _more.Task;
            foreach (var happened in After(after))
            {
                if (cut-- == 0)
                {
                    http.Abort();
                    return;
                }
                var data = JsonSerializer.Serialize(happened, WheelhouseClient.Json);
                await http.Response.WriteAsync($"event: {happened.Type}\nid: {happened.Id}\ndata: {data}\n\n", http.RequestAborted);
                await http.Response.Body.FlushAsync(http.RequestAborted);
                after = happened.Id;
                if (happened.Type == EventTypes.RolloutEnded) return;
            }
            await more.WaitAsync(http.RequestAborted);
        }
    }

    private List<EventView> After(long id)
    {
        lock (_gate) return [.. _log.Where(happened => happened.Id > id)];
    }
}
