using System.Runtime.CompilerServices;
using System.Text.Json;
using Wheelhouse.Contracts.Events;

namespace Wheelhouse.Contracts.Client;

/// <summary>Opens one connection; calls the action once it stands; yields its events until it ends or breaks.</summary>
internal delegate IAsyncEnumerable<EventView> EventConnection(EventQuery query, Action connected, CancellationToken token);

/// <summary>Makes one unbroken stream out of connections that break: nothing lost, nothing doubled.</summary>
internal sealed class EventStream(EventConnection connect, EventStreamOptions options)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private long _lastSign = options.Time.GetTimestamp();
    private int _losses;

    public async IAsyncEnumerable<EventView> FollowAsync(EventQuery query, [EnumeratorCancellation] CancellationToken token)
    {
        while (true)
        {
            Exception? reason = null;
            var renewed = false;
            using var silence = new CancellationTokenSource(options.RenewAfter, options.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(token, silence.Token);
            await using (var events = connect(query, Connected, either.Token).GetAsyncEnumerator(either.Token))
            {
                while (true)
                {
                    try
                    {
                        if (!await events.MoveNextAsync()) break;
                    }
                    catch (OperationCanceledException) when (silence.IsCancellationRequested && !token.IsCancellationRequested)
                    {
                        renewed = true;
                        break;
                    }
                    catch (Exception error) when (IsPassing(error) && !token.IsCancellationRequested)
                    {
                        reason = error;
                        break;
                    }
                    silence.CancelAfter(options.RenewAfter);
                    _lastSign = options.Time.GetTimestamp();
                    var happened = events.Current;
                    if (happened.Id <= query.After) continue;
                    query = query with { After = happened.Id };
                    yield return happened;
                    if (query.EndsWith(happened.Type)) yield break;
                }
            }
            if (!renewed || options.Time.GetElapsedTime(_lastSign) > options.RenewAfter * 1.5) await LostAsync(reason, token);
        }
    }

    /// <summary>Whether trying again may help; a connect that timed out shows as a cancellation.</summary>
    private static bool IsPassing(Exception error) => error switch
    {
        WheelhouseApiException api => api.Problem.Status is 408 or 429 or >= 500,
        HttpRequestException or IOException or JsonException or OperationCanceledException => true,
        _ => false,
    };

    private void Connected()
    {
        _lastSign = options.Time.GetTimestamp();
        if (_losses == 0) return;
        _losses = 0;
        options.OnRestored?.Invoke();
    }

    private async Task LostAsync(Exception? reason, CancellationToken token)
    {
        var away = options.Time.GetElapsedTime(_lastSign);
        var why = reason?.Message ?? "the connection ended";
        if (away >= options.ReconnectFor) throw new EventStreamLostException(why, reason);
        if (_losses++ == 0) options.OnLost?.Invoke(why);
        var wait = TimeSpan.FromMilliseconds(Math.Min(250 * Math.Pow(2, Math.Min(_losses - 1, 10)), LongestWait.TotalMilliseconds));
        await Task.Delay(wait, options.Time, token);
    }
}
