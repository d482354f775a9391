using Microsoft.AspNetCore.Components;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Web.Live;

/// <summary>
/// A page that shows what the database says and stays true by itself: it reads its model again when the event log tells of something that
/// concerns it. What was read for the first paint is handed to the browser with it, so that nothing jumps when the page becomes live.
/// </summary>
/// <typeparam name="TModel">What the page shows; written as JSON between first paint and live page.</typeparam>
public abstract class LivePage<TModel> : ComponentBase, IPageState, IDisposable
    where TModel : class
{
    private readonly CancellationTokenSource _left = new();
    private CancellationTokenSource? _following;
    private object? _key;

    /// <summary>What was read; null before, or when <see cref="Problem"/> says why not.</summary>
    public TModel? Model { get; private set; }

    /// <summary>What the first paint showed. It is not <see cref="Model"/>, because the framework sets it anew when the address changes, to what it was then.</summary>
    [Microsoft.AspNetCore.Components.PersistentState]
    public TModel? Painted { get; set; }

    /// <inheritdoc/>
    public ApiException? Problem { get; private set; }

    /// <inheritdoc/>
    public bool IsLoaded => Model is not null;

    /// <summary>Who looks at the page; null until it was read.</summary>
    protected Caller? Caller { get; private set; }

    /// <summary>Ends when the page is left.</summary>
    protected CancellationToken Left => _left.Token;

    /// <summary>Who uses the page.</summary>
    [Inject]
    protected CallerAccessor Callers { get; set; } = null!;

    /// <summary>The request of the first paint; null on a live page.</summary>
    [CascadingParameter]
    private HttpContext? Http { get; set; }

    [Inject]
    private EventReader Events { get; set; } = null!;

    [Inject]
    private ILoggerFactory Loggers { get; set; } = null!;

    /// <summary>What the page is of, by its parameters; when that changes it starts anew.</summary>
    protected virtual object Key => "";

    /// <summary>The shortest time between two reads: a rollout of 300 nodes makes hundreds of events a second. Longer for pages that read much.</summary>
    protected virtual TimeSpan Calm => TimeSpan.FromMilliseconds(200);

    /// <summary>After which time it reads again although the log told nothing; by default it waits.</summary>
    protected virtual TimeSpan LongestWait => Timeout.InfiniteTimeSpan;

    /// <summary>Which events may concern it.</summary>
    protected virtual EventFilter Filter => new();

    /// <summary>Reads the model.</summary>
    /// <exception cref="ApiException">It cannot be shown, and why.</exception>
    protected abstract Task<TModel> LoadAsync(Caller caller, CancellationToken cancellationToken);

    /// <summary>Whether an event means that the model is to be read again.</summary>
    protected virtual bool Concerns(EventView view) => true;

    /// <summary>Reads the model again now, as after an act of the person.</summary>
    protected async Task ReloadAsync()
    {
        try
        {
            Caller = await Callers.RequireAsync(_left.Token);
            Model = Painted = await LoadAsync(Caller, _left.Token);
            Problem = null;
        }
        catch (ApiException problem)
        {
            Fail(problem);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            Loggers.CreateLogger(GetType()).LogError(exception, "The page could not be read");
            Fail(new ApiException(500, "page_failed", "The page could not be read.", "Try again; the server's log says why."));
        }
    }

    /// <summary>Says it on the page, and to whoever asked for the page in its answer's status.</summary>
    private void Fail(ApiException problem)
    {
        Problem = problem;
        if (Http is not { Response.HasStarted: false } http) return;
        // As late as can be: the framework throws away what a page says whose status is 404 while it is made.
        http.Response.OnStarting(() =>
        {
            http.Response.StatusCode = problem.Status;
            return Task.CompletedTask;
        });
    }

    protected override async Task OnParametersSetAsync()
    {
        if (Equals(_key, Key)) return;
        if (_key is null) Model = Painted;
        _key = Key;
        if (RendererInfo.IsInteractive) await FollowAnewAsync();
        else await ReloadAsync();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _left.Cancel();
        _left.Dispose();
        _following?.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task FollowAnewAsync()
    {
        if (_following is not null) await _following.CancelAsync();
        _following = CancellationTokenSource.CreateLinkedTokenSource(_left.Token);
        var last = await Events.FindLastIdAsync(_left.Token);
        // What happened between the first paint and here.
        await ReloadAsync();
        _ = FollowAsync(last, _following.Token);
    }

    private async Task<long> WaitAsync(long after, CancellationToken token)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        patience.CancelAfter(LongestWait);
        try
        {
            return await Events.WaitAsync(Filter, after, Concerns, patience.Token);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            return after;
        }
    }

    private async Task FollowAsync(long after, CancellationToken token)
    {
        try
        {
            while (true)
            {
                after = await WaitAsync(after, token);
                await InvokeAsync(async () =>
                {
                    await ReloadAsync();
                    StateHasChanged();
                });
                await Task.Delay(Calm, token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The page was left.
        }
        catch (Exception exception)
        {
            await DispatchExceptionAsync(exception);
        }
    }
}
