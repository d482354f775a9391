using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Tests.Delivery;

public sealed class LogTailTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_new_is_added_and_what_the_log_lost_is_forgotten()
    {
        await using var database = await DeliveryDatabase.StartAsync(Token);
        Assert.Empty(await database.Rollouts.ReadAsync(Token));
        await DeployAsync(database, "1.0");
        await DeployAsync(database, "1.1");
        Assert.Equal(["1.0", "1.1"], await VersionsAsync(database));
        await DeployAsync(database, "1.2");
        Assert.Equal(["1.0", "1.1", "1.2"], await VersionsAsync(database));
        await database.PruneAsync(1);
        Assert.Equal(["1.1", "1.2"], await VersionsAsync(database));
        await DeployAsync(database, "1.3");
        await database.PruneAsync(2);
        Assert.Equal(["1.3"], await VersionsAsync(database));
        await database.PruneAsync(1);
        Assert.Empty(await VersionsAsync(database));
    }

    private static Task DeployAsync(DeliveryDatabase database, string version) =>
        database.EndRolloutAsync("billing", "production", RolloutKinds.Deploy, RolloutStates.Succeeded, version, from: null);

    private static async Task<IEnumerable<string>> VersionsAsync(DeliveryDatabase database) => (await database.Rollouts.ReadAsync(Token)).Select(rollout => rollout.Version);
}
