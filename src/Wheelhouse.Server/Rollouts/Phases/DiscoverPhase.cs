using Wheelhouse.Server.Rollouts.Discovery;
using Wheelhouse.Server.Rollouts.Journal;

namespace Wheelhouse.Server.Rollouts.Phases;

/// <summary>Asks the inventory for the nodes, freezes that list, and looks at every node in parallel.</summary>
internal sealed class DiscoverPhase(NodeList nodes, TimeProvider time)
{
    private static readonly TimeSpan FactsWithin = TimeSpan.FromSeconds(30);

    public async Task RunAsync(RolloutContext rollout)
    {
        await rollout.Journal.EnterPhaseAsync("discover", $"Asking the inventory for the nodes of {rollout.Row.Environment}");
        if (rollout.Nodes.Count == 0) await nodes.FreezeAsync(rollout);
        var refusals = await Task.WhenAll(rollout.Healthy.ToList().Select(node => LookAsync(rollout, node)));
        if (refusals.FirstOrDefault(refusal => refusal is not null) is { } refused) throw refused;
        rollout.ThrowIfCancelled();
        rollout.ThrowIfOverBudget();
    }

    /// <returns>Why the whole rollout must end, or null.</returns>
    private async Task<RolloutFailure?> LookAsync(RolloutContext rollout, RolloutNodeRow node)
    {
        var step = new Step(node, $"look/{node.Name}", "facts", () => new { rollout.Environment.Python }, FactsWithin) { IsFenced = false };
        var result = await rollout.Steps.RunAsync(step);
        if (result.Fault is { } fault)
        {
            await rollout.FailAsync(node, fault);
            return null;
        }

        var facts = result.Read<NodeFacts>();
        if (facts.Epoch > rollout.Row.Epoch && !rollout.Row.PlanOnly)
        {
            return new RolloutFailure(
                $"{node.Name} has obeyed epoch {facts.Epoch}, but this server is at {rollout.Row.Epoch}: was its database restored from a backup? Nothing was changed.",
                $"Run 'wheelhouse nodes fence-reset {rollout.Row.Service} {rollout.Row.Environment}' once no other server deploys this service.");
        }

        node.Fingerprint = facts.Fingerprint?.Id;
        // What a node that the rollout touched runs now is not what it goes back to.
        var isTouched = rollout.Journal.WasTouched(node);
        if (!isTouched)
        {
            node.FromRelease = facts.Current?.Release;
            node.FromVersion = node.Version = facts.Current?.Version;
        }

        await rollout.Journal.WriteAsync(context =>
        {
            context.Update(node);
            var state = context.StateOf(rollout.Row, node);
            state.LastContact = time.GetUtcNow();
            if (!isTouched) (state.Release, state.Version) = (node.FromRelease, node.FromVersion);
            state.Releases = string.Join('\n', facts.Releases.Select(release => release.Release));
        });
        if (facts.Python is null)
        {
            var has = facts.Pythons.Count == 0 ? "" : $" It has {string.Join(", ", facts.Pythons)}.";
            await rollout.FailAsync(node, new(
                "python_missing",
                $"{node.Name} has no Python {rollout.Environment.Python}.{has}",
                $"Install it there (Debian: apt install python{rollout.Environment.Python} python{rollout.Environment.Python}-venv), or change 'python' in the service's document."));
        }

        return null;
    }
}
