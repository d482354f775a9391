using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Rollouts;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Rollouts.Locks;
using Wheelhouse.Server.Storage;
using Wheelhouse.Tests.Storage;

namespace Wheelhouse.Tests.Rollouts;

/// <summary>Old locks go, and never one that a revert needs.</summary>
public sealed class LockRetentionTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _database.StartAsync(Token);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Keeps_what_a_revert_needs_and_what_lies_on_a_node()
    {
        await _database.Writer.WriteAsync(context =>
        {
            foreach (var release in (string[])["1.0-a", "1.1-b", "1.2-c", "1.3-d"]) AddLock(context, release, days: -400);
            AddLock(context, "1.4-e", days: -10);
            AddGood(context, "1", "1.0-a");
            AddGood(context, "2", "1.1-b");
            context.Add(new NodeStateRow
            {
                Service = "hello",
                Environment = "staging",
                Name = "app1",
                Address = "app1",
                State = NodeStates.Good,
                Releases = "1.2-c",
            });
        }, Token);
        var retention = new LockRetention(new LockRetentionOptions());

        Assert.Equal(1, await _database.Writer.WriteAsync(context => retention.Prune(context, _database.Time.GetUtcNow(), 200), Token));

        var left = await _database.Writer.WriteAsync(context => context.Set<LockRow>().Select(row => row.Release).Order().ToList(), Token);
        Assert.Equal(["1.0-a", "1.1-b", "1.2-c", "1.4-e"], left);
    }

    [Fact]
    public async Task Files_are_needed_as_long_as_their_locks_are()
    {
        await _database.Writer.WriteAsync(context =>
        {
            foreach (var release in (string[])["1.0-a", "1.1-b", "1.2-c"]) AddLock(context, release, days: 0);
            AddGood(context, "1", "1.0-a");
            AddGood(context, "2", "1.1-b");
            context.Set<RolloutRow>().Local.Single(row => row.Id == "1").EndedAt = _database.Time.GetUtcNow();
            context.Set<RolloutRow>().Local.Single(row => row.Id == "2").State = RolloutStates.Running;
        }, Token);
        var use = new LockedFileUse();

        Assert.Equal(["release 1.0-a of the service hello"], await FindAsync("hash of 1.0-a"));
        Assert.Equal(["release 1.1-b of the service hello"], await FindAsync("hash of 1.1-b"));
        Assert.Empty(await FindAsync("hash of 1.2-c"));

        Task<IReadOnlyList<string>> FindAsync(string hash) =>
            _database.Writer.WriteAsync(context => use.Find(context, new HashSet<string>(StringComparer.Ordinal) { hash }), Token);
    }

    private void AddLock(WheelhouseContext context, string release, int days) => context.Add(new LockRow
    {
        Service = "hello",
        Release = release,
        Fingerprint = "f",
        Requirement = "acme-hello",
        Version = release[..3],
        Digest = release,
        Packages = $$"""[{"name":"acme-hello","sha256":"hash of {{release}}"}]""",
        Cutoff = _database.Time.GetUtcNow().AddDays(days),
        Pip = "23.0.1",
    });

    private static void AddGood(WheelhouseContext context, string id, string release)
    {
        context.Add(new RolloutRow
        {
            Id = id,
            Service = "hello",
            Environment = "production",
            Kind = RolloutKinds.Deploy,
            Version = release[..3],
            State = RolloutStates.Succeeded,
            By = "test",
        });
        context.Add(new RolloutNodeRow { Rollout = id, Name = "app1", Node = "{}", State = NodeStates.Good, Release = release });
    }
}
