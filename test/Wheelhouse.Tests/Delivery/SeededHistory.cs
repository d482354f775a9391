using System.Globalization;
using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Tests.Delivery;

/// <summary>
/// A company that works for half a year: it commits, publishes, deploys, fails and reverts as a seed has it, into the real event log. What truly
/// happened is kept beside, as facts that need no reading of the log: every release with all that it contains, every rollout with what it took back.
/// </summary>
internal sealed class SeededHistory(DeliveryDatabase database, int seed)
{
    public static readonly DateTimeOffset Start = new(2030, 1, 1, 6, 0, 0, TimeSpan.Zero);

    /// <summary>Without commits: its CI does not say them.</summary>
    public const string SilentProject = "acme-legacy";

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, List<Release>> _releases = [];
    private readonly Dictionary<Place, Stack<Fact>> _running = [];
    private readonly HashSet<Place> _halfDone = [];
    private readonly Dictionary<Place, Stack<Fact>> _undone = [];
    private int _commits;
    private int _ended;

    /// <summary>A release as it truly is.</summary>
    public sealed record Release(string Version, DateTimeOffset PublishedAt, IReadOnlyDictionary<string, DateTimeOffset> Contains, IReadOnlyDictionary<string, DateTimeOffset> Adds);

    public sealed record Place(string Service, string Environment);

    /// <summary>A rollout as it truly went.</summary>
    public sealed record Fact(Place Place, DateTimeOffset End, string Kind, string State, Release Release, bool IsPlan, bool Changed, DateTimeOffset? Touched, Fact? TakesBack);

    public static IReadOnlyList<(string Service, string? Team, string Project, string[] Environments)> Services { get; } =
    [
        ("billing", "payments", "acme-billing", ["staging", "production"]),
        ("invoices", "payments", "acme-invoices", ["staging", "production"]),
        ("ledger", null, SilentProject, ["production"]),
        ("shop", "front", "acme-shop", ["staging", "canary", "production"]),
        ("shop-admin", "front", "acme-shop", ["staging", "production"]),
    ];

    /// <summary>All rollouts in the order of their ends.</summary>
    public List<Fact> Facts { get; } = [];

    public async Task WriteAsync(int rollouts)
    {
        database.MoveTo(Start);
        foreach (var (service, team, project, environments) in Services) await database.AddServiceAsync(service, team, project, environments);
        foreach (var project in Services.Select(service => service.Project).Distinct()) await PublishAsync(project);
        while (_ended < rollouts)
        {
            database.MoveTo(database.Now.AddSeconds(_random.Next(600, 55_000)));
            var (service, _, project, environments) = Services[_random.Next(Services.Count)];
            if (_random.Next(3) > 0) await PublishAsync(project);
            await RollOutAsync(new Place(service, environments[_random.Next(environments.Length)]), project);
        }
    }

    private async Task PublishAsync(string project)
    {
        var releases = _releases.TryGetValue(project, out var known) ? known : _releases[project] = [];
        var now = database.Now;
        var adds = Enumerable.Range(0, project == SilentProject ? 0 : _random.Next(0, 6))
            .ToDictionary(_ => (++_commits).ToString("x40", CultureInfo.InvariantCulture), _ => now.AddSeconds(-_random.Next(60, 700_000)));
        var before = releases.Count == 0 ? null : releases[^1];
        var contains = new Dictionary<string, DateTimeOffset>(adds);
        foreach (var (sha, at) in before?.Contains ?? adds) contains[sha] = at;
        var release = new Release($"1.{releases.Count}", now, contains, adds);
        releases.Add(release);
        await database.PublishAsync(project, release.Version);
        if (project == SilentProject) return;
        database.MoveTo(now.AddSeconds(5));
        await database.SayCommitsAsync(project, release.Version, before?.Version, [.. adds.Select(commit => new CommitView(commit.Key, commit.Value, "bob", "Mend it"))]);
    }

    private async Task RollOutAsync(Place place, string project)
    {
        var running = _running.TryGetValue(place, out var known) ? known : _running[place] = [];
        var dice = _random.Next(100);
        var begin = database.Now;
        DateTimeOffset touched = begin.AddSeconds(_random.Next(5, 300));
        database.MoveTo(touched.AddSeconds(_random.Next(5, 3000)));
        if (_halfDone.Remove(place) && dice < 40 && running.Count > 0)
        {
            await EndAsync(new Fact(place, database.Now, RolloutKinds.Revert, RolloutStates.Succeeded, running.Peek().Release, false, true, touched, null), running);
            return;
        }

        var undone = _undone.TryGetValue(place, out var before) ? before : _undone[place] = [];
        if (dice < 25 && undone.TryPeek(out var again) && running.All(fact => fact.Release != again.Release))
        {
            await EndAsync(new Fact(place, database.Now, RolloutKinds.Revert, RolloutStates.Succeeded, again.Release, false, true, touched, null), running);
            running.Push(undone.Pop());
            return;
        }

        if (dice < 14 && running.Count > 1 && running.ElementAt(1).Release != running.Peek().Release)
        {
            var works = dice > 1;
            var taken = running.Peek();
            var target = running.ElementAt(1).Release;
            await EndAsync(new Fact(place, database.Now, RolloutKinds.Revert, works ? RolloutStates.Succeeded : RolloutStates.Failed, target, false, true, touched, taken), running);
            if (works) undone.Push(running.Pop());
            return;
        }

        if (dice < 18 && running.Count > 0)
        {
            await EndAsync(new Fact(place, database.Now, RolloutKinds.Converge, RolloutStates.Succeeded, running.Peek().Release, false, true, touched, null), running);
            return;
        }

        var newest = _releases[project];
        var release = newest[Math.Max(0, newest.Count - 1 - (_random.Next(5) == 0 ? _random.Next(4) : 0))];
        var (state, changed, isPlan) = _random.Next(100) switch
        {
            < 5 => (RolloutStates.Planned, false, true),
            < 10 => (RolloutStates.Failed, false, false),
            < 12 => (RolloutStates.Cancelled, false, false),
            < 22 => (RolloutStates.Reverted, true, false),
            < 26 => (RolloutStates.Failed, true, false),
            < 29 => (RolloutStates.Cancelled, true, false),
            _ => (RolloutStates.Succeeded, true, false),
        };
        var fact = new Fact(place, database.Now, RolloutKinds.Deploy, state, release, isPlan, changed, changed ? touched : null, null);
        await EndAsync(fact, running);
        if (changed && state is RolloutStates.Failed or RolloutStates.Cancelled) _halfDone.Add(place);
        if (state != RolloutStates.Succeeded) return;
        running.Push(fact);
        undone.Clear();
        _halfDone.Remove(place);
    }

    private Task EndAsync(Fact fact, Stack<Fact> running)
    {
        _ended++;
        Facts.Add(fact);
        var from = running.Count == 0 ? null : running.Peek().Release.Version;
        return database.EndRolloutAsync(fact.Place.Service, fact.Place.Environment, fact.Kind, fact.State, fact.Release.Version, from, fact.IsPlan, fact.Changed, fact.Touched);
    }
}
