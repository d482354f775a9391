using Wheelhouse.Server.Nodes;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Rollouts.Locks;
using Wheelhouse.Server.Rollouts.Planning;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Rollouts.Phases;

/// <summary>The release that a node is to be switched to.</summary>
/// <param name="Release">Its id.</param>
/// <param name="Version">Its version.</param>
/// <param name="From">The release it switches from; null when none.</param>
/// <param name="Prefix">What the journal's steps begin with: empty for the way forth, <c>revert/</c> for the way back.</param>
internal sealed record Target(string Release, string Version, string? From, string Prefix);

/// <summary>How the activation of a node ended.</summary>
/// <param name="Fault">What went wrong; null when it runs the release.</param>
/// <param name="IsSwitched">Whether <c>current</c> is known to lead to the release.</param>
/// <param name="IsProven">Whether it is proved that the release runs.</param>
/// <param name="Evidence">A sentence each.</param>
internal sealed record ActivationResult(NodeFault? Fault, bool IsSwitched, bool IsProven, IReadOnlyList<string> Evidence);

/// <summary>Makes a release the running one on one node: drain, then for each process in order flip and reload or restart, check and prove, then undrain.</summary>
internal sealed class NodeActivation(LockStore locks)
{
    public async Task<ActivationResult> RunAsync(RolloutContext rollout, RolloutNodeRow node, Target target)
    {
        if (await HookAsync(rollout, node, target, "drain", rollout.Environment.Drain) is { } drainFault) return new ActivationResult(drainFault, IsSwitched: false, IsProven: false, []);
        var mode = await NeedsRestartAsync(rollout, node, target) ? "restart" : "reload";
        var evidence = new List<string>();
        var (switched, proven) = (false, true);
        foreach (var process in rollout.Service.Processes)
        {
            var name = $"{node.Name}/{process.Name}";
            var spec = ProcessSpec.Build(rollout.Environment, process);
            var activated = await rollout.Steps.RunAsync(new Step(
                node,
                $"{target.Prefix}activate/{name}",
                "activate",
                () => new { target.Release, target.Version, Process = spec, Mode = mode, TimeoutS = rollout.Policy.ActivateTimeout.TotalSeconds },
                rollout.Policy.ActivateTimeout)
            {
                IsCancellable = false,
            });
            if (activated.Fault is { } activateFault) return new ActivationResult(activateFault, switched, IsProven: false, evidence);
            switched = true;
            var action = activated.Read<Activated>();
            evidence.Add(action.Reason is null ? $"{process.Name}: {action.Action}" : $"{process.Name}: {action.Action}, since {action.Reason}");

            for (var i = 0; i < process.Checks.Count; i++)
            {
                var check = process.Checks[i];
                var checkedWell = await CheckAsync(rollout, node, check, $"{target.Prefix}check/{name}" + (i == 0 ? "" : $"/{i + 1}"), target.Version);
                if (checkedWell.Fault is { } checkFault) return Failed(checkFault, evidence);
                evidence.Add($"{process.Name}: {checkedWell.Read<Checked>().Evidence}");
            }

            var proof = await ProveAsync(rollout, node, process, target);
            if (proof.Fault is { } proofFault) return Failed(proofFault, evidence);
            evidence.AddRange(proof.Evidence.Select(line => $"{process.Name}: {line}"));
            proven &= proof.IsProven;
        }

        return await HookAsync(rollout, node, target, "undrain", rollout.Environment.Undrain) is { } undrainFault
            ? Failed(undrainFault, evidence)
            : new ActivationResult(null, switched, proven, evidence);
    }

    /// <summary>Runs one health check on the node.</summary>
    public static Task<StepResult> CheckAsync(RolloutContext rollout, RolloutNodeRow node, CheckDocument check, string key, string version) =>
        rollout.Steps.RunAsync(CheckStep(rollout, node, check, key, version));

    /// <summary>A step that checks.</summary>
    public static Step CheckStep(RolloutContext rollout, RolloutNodeRow node, CheckDocument check, string key, string version) =>
        new(node, key, "check", () => new { Check = CheckSpec.Build(rollout.Environment, check, version) }, check.Within) { IsFenced = false };

    private async Task<bool> NeedsRestartAsync(RolloutContext rollout, RolloutNodeRow node, Target target)
    {
        if (target.From is null) return true;
        var after = await locks.PackagesAsync(rollout.Row.Service, target.Release, node.Fingerprint) ?? [];
        return Planner.NeedsRestart(await locks.PackagesAsync(rollout.Row.Service, target.From, node.Fingerprint), after, rollout.Service.MasterPackages);
    }

    private static async Task<ActivationResult> ProveAsync(RolloutContext rollout, RolloutNodeRow node, ProcessDocument process, Target target)
    {
        var result = await rollout.Steps.RunAsync(new Step(
            node,
            $"{target.Prefix}prove/{node.Name}/{process.Name}",
            "prove",
            () => new
            {
                target.Release,
                target.Version,
                Process = ProcessSpec.Build(rollout.Environment, process),
                Check = process.VersionCheck is { } version ? CheckSpec.Build(rollout.Environment, version, target.Version) : null,
                WithinS = rollout.Policy.ProveTimeout.TotalSeconds,
            },
            rollout.Policy.ProveTimeout)
        {
            IsFenced = false,
        });
        if (result.Fault is { } fault) return Failed(fault, []);
        var proof = result.Read<Proof>();
        return proof.Outcome == "disproven"
            ? Failed(new NodeFault("disproven", $"{process.Name} does not run {target.Version}: {proof.Evidence[0]}", null), proof.Evidence)
            : new ActivationResult(null, IsSwitched: true, proof.Outcome == "proven", proof.Evidence);
    }

    private static async Task<NodeFault?> HookAsync(RolloutContext rollout, RolloutNodeRow node, Target target, string name, HookDocument? hook)
    {
        if (hook is null) return null;
        var result = await rollout.Steps.RunAsync(new Step(
            node,
            $"{target.Prefix}{name}/{node.Name}",
            "command",
            () => new { Name = name, hook.Command, target.Release, TimeoutS = hook.Timeout.TotalSeconds },
            hook.Timeout));
        return result.Fault;
    }

    private static ActivationResult Failed(NodeFault fault, IReadOnlyList<string> evidence) =>
        new(fault, IsSwitched: true, IsProven: false, evidence);

    private sealed record Activated(string Action, bool Flipped, string? Reason);

    private sealed record Checked(string Evidence);

    private sealed record Proof(string Outcome, IReadOnlyList<string> Evidence);
}
