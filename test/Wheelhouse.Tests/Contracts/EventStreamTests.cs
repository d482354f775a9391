using System.Runtime.CompilerServices;
using Microsoft.Extensions.Time.Testing;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Tests.Cli;

namespace Wheelhouse.Tests.Contracts;

public sealed class EventStreamTests
{
    [Fact]
    public async Task A_connection_that_repeats_itself_yields_nothing_twice()
    {
        var stream = new EventStream((_, connected, token) => From(connected, Sample.Success, token), new EventStreamOptions());

        var seen = await stream.FollowAsync(new EventQuery(Rollout: Sample.Id, After: 14), TestContext.Current.CancellationToken)
            .Select(happened => happened.Id).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal([15, 16, 17, 18, 19, 20, 21, 22, 23, 24], seen);
    }

    [Fact]
    public async Task It_gives_up_when_the_server_stays_away_for_too_long()
    {
        var time = new FakeTimeProvider();
        var tries = 0;
        var stream = new EventStream(
            (_, _, token) =>
            {
                tries++;
                time.Advance(TimeSpan.FromMinutes(4));
                return Broken(new HttpRequestException("refused"), token);
            },
            new EventStreamOptions { Time = time, ReconnectFor = TimeSpan.FromMinutes(3), RenewAfter = TimeSpan.FromMinutes(9) });

        var lost = await Assert.ThrowsAsync<EventStreamLostException>(async () =>
            await stream.FollowAsync(new EventQuery(Rollout: Sample.Id), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));

        Assert.Equal("refused", lost.Message);
        Assert.Equal(1, tries);
    }

    [Fact]
    public async Task A_refusal_is_not_tried_again()
    {
        var stream = new EventStream(
            (_, _, token) => Broken(new WheelhouseApiException(new ApiProblem { Status = 403 }), token), new EventStreamOptions());

        await Assert.ThrowsAsync<WheelhouseApiException>(async () =>
            await stream.FollowAsync(new EventQuery(), TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken));
    }

    private static async IAsyncEnumerable<EventView> From(
        Action connected, IEnumerable<EventView> events, [EnumeratorCancellation] CancellationToken token)
    {
        await Task.Yield();
        connected();
        foreach (var happened in events)
        {
            token.ThrowIfCancellationRequested();
            yield return happened;
        }
    }

    private static async IAsyncEnumerable<EventView> Broken(Exception error, [EnumeratorCancellation] CancellationToken token)
    {
        await Task.Yield();
        token.ThrowIfCancellationRequested();
        if (error is not null) throw error;
        yield break;
    }
}
