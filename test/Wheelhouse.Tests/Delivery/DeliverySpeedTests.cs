using System.Diagnostics;
using System.Globalization;
using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Delivery.Figures;
using Wheelhouse.Server.Events;

namespace Wheelhouse.Tests.Delivery;

/// <summary>How long a year takes. Only when asked for: <c>--explicit only --filter-class '*DeliverySpeedTests'</c>.</summary>
public sealed class DeliverySpeedTests
{
    private const int Services = 50;
    private const int Days = 360;
    private const int CommitsOfRelease = 5;

    [Theory(Explicit = true)]
    [InlineData(50_000)]
    public async Task A_year_is_computed_in_under_a_second(int rollouts)
    {
        await using var database = await DeliveryDatabase.StartAsync(TestContext.Current.CancellationToken);
        for (var service = 0; service < Services; service++) await database.AddServiceAsync($"s{service}", $"t{service % 7}", $"acme-s{service}", "production");
        var start = database.Now;
        for (var day = 0; day < Days; day++)
        {
            await database.AppendAsync([.. Enumerable.Range(rollouts * day / Days, rollouts / Days).SelectMany(number => Events(number, database.Now))]);
            database.MoveTo(start.AddDays(day + 1));
        }

        var period = new Period(start, database.Now, DeliveryBuckets.Week);
        var took = new List<TimeSpan>();
        DeliveryView? view = null;
        for (var i = 0; i < 5; i++)
        {
            var watch = Stopwatch.StartNew();
            view = await database.ViewAsync(period);
            took.Add(watch.Elapsed);
        }

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(", ", took.Select(time => $"{time.TotalMilliseconds:0} ms")) + $" for {view!.Total.Deployments} deployments, {view.Total.LeadTime!.Count} commits");
        Assert.True(took.Min() < TimeSpan.FromSeconds(1), $"{took.Min()}");
    }

    /// <summary>Every rollout with a release of its own, its upload and its commits, and what else the log is full of.</summary>
    private static IEnumerable<NewEvent> Events(int number, DateTimeOffset now)
    {
        var (service, version) = ($"s{number % Services}", $"1.{number / Services}");
        var before = number < Services ? null : $"1.{(number / Services) - 1}";
        yield return new NewEvent(EventTypes.FilePublished, "published") { Data = new { project = $"acme-{service}", version, file = "x.whl", by = "ci" } };
        yield return new NewEvent(EventTypes.ReleaseCommits, "commits")
        {
            Data = new
            {
                project = $"acme-{service}",
                version,
                previous = before,
                commit = new string('f', 40),
                by = "ci",
                commits = Enumerable.Range(0, CommitsOfRelease).Select(commit => new CommitView(
                    ((number * CommitsOfRelease) + commit).ToString("x40", CultureInfo.InvariantCulture), now.AddHours(-commit), "Ada Lovelace", "Round half to even where the law says so",
                    "https://git.example.org/acme/billing/commit/9fceb02d0ae598e95dc970b74767f19372d61af8")),
            },
        };
        foreach (var step in Enumerable.Range(0, 3))
            yield return new NewEvent(EventTypes.StepEnded, "step") { Service = service, Environment = "production", Data = new { step, outcome = "ok" } };
        yield return DeliveryDatabase.Ended(service, "production", RolloutKinds.Deploy, number % 11 == 0 ? RolloutStates.Reverted : RolloutStates.Succeeded, version, before, changedAt: now);
    }
}
