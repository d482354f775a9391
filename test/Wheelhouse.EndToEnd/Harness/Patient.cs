using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.EndToEnd.Harness;

/// <summary>A service that one test has for itself. A version of it is ill on a node as long as the test wants: its rollout waits there.</summary>
public sealed class Patient(Lab lab, HelloService service)
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(90);

    public HelloService Service => service;

    public string Name => service.Name;

    /// <summary>The page of its only environment.</summary>
    public string Path => $"/services/{Name}/{Lab.Environment}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The file that says which version is ill, as the nodes see it.</summary>
    public static string IllnessOf(Fleet fleet, string name) => $"{fleet.Place}/etc/{name}.ill";

    /// <summary>From now on a version fails its check on some nodes.</summary>
    public void MakeIll(string version, params int[] nodes)
    {
        foreach (var node in nodes) File.WriteAllText(Illness(node), version);
    }

    /// <summary>Makes all nodes well again.</summary>
    public void Cure()
    {
        for (var node = 0; node < lab.Fleet.Nodes.Count; node++) File.Delete(Illness(node));
    }

    /// <summary>Asks for a deploy as a program would.</summary>
    /// <returns>The rollout's id.</returns>
    public async Task<string> AskAsync(string version) => (await lab.Server.Client.AskRolloutAsync(
        Name, Lab.Environment, new RolloutRequest { Version = version }, Guid.NewGuid().ToString("N"), Token)).Rollout.Id;

    /// <summary>Deploys and expects success on all nodes.</summary>
    public async Task DeployedAsync(string version)
    {
        var ended = await lab.EndedAsync(await AskAsync(version), Within, Token);
        Assert.True(ended.State == RolloutStates.Succeeded, $"{ended.State}: {ended.Error}\n{lab.Server.Log}");
    }

    /// <summary>Its rollouts, the newest first; plans are none.</summary>
    public async Task<IReadOnlyList<RolloutView>> RolloutsAsync() =>
        [.. (await lab.Server.Client.ListRolloutsAsync(Name, Lab.Environment, limit: 50, before: null, Token)).Where(rollout => !rollout.PlanOnly)];

    /// <summary>The versions that its nodes say.</summary>
    public Task<string> VersionsAsync() => lab.Fleet.VersionsAsync(Token, Name);

    private string Illness(int node) => lab.Fleet[node].File(IllnessOf(lab.Fleet, Name));
}
