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
internal sealed record ActivationResult(NodeFault? Fault, bool IsSwitched, bool IsProven, IReadOnlyList<string> Evidence)
{
    /// <summary>The process that serves the release while its old workers finish their last requests; null when nothing is open.</summary>
    public ProcessDocument? Settling { get; init; }
}

/// <summary>Makes a release the running one on one node: drain, then for each process in order flip and reload or restart, check and prove, then undrain.</summary>
internal sealed class NodeActivation(LockStore locks)
{
    /// <summary>Does all of it.</summary>
    public async Task<ActivationResult> RunAsync(RolloutContext rollout, RolloutNodeRow node, Target target)
    {
        var switched = await SwitchAsync(rollout, node, target);
        return switched.Settling is null ? switched : await SettleAsync(rollout, node, target, switched);
    }

    /// <summary>
    /// Does all of it but for one wait: when the last process says the new version, and nothing has to follow on this node, the end of
    /// its old workers is left to <see cref="SettleAsync"/>.
    /// </summary>
    public async Task<ActivationResult> SwitchAsync(RolloutContext rollout, RolloutNodeRow node, Target target)
    {
        if (await HookAsync(rollout, node, target, "drain", rollout.Environment.Drain) is { } drainFault)
        {
            // Nobody else brings a node back that was cancelled halfway out of its load balancer, and it runs what it ran.
            if (drainFault.Code == "cancelled") await HookAsync(rollout, node, target, "undrain", rollout.Environment.Undrain);
            return new ActivationResult(drainFault, IsSwitched: false, IsProven: false, []);
        }

        var mode = await NeedsRestartAsync(rollout, node, target) ? "restart" : "reload";
        var evidence = new List<string>();
        var (switched, proven) = (false, true);
        foreach (var process in rollout.Service.Processes)
        {
            var activated = await rollout.Steps.RunAsync(new Step(
                node,
                $"{target.Prefix}activate/{node.Name}/{process.Name}",
                "activate",
                () => new
                {
                    target.Release,
                    target.Version,
                    Process = ProcessSpec.Build(rollout.Environment, process),
                    Mode = mode,
                    Back = target.Prefix.Length > 0,
                    TimeoutS = rollout.Policy.ActivateTimeout.TotalSeconds,
                },
                rollout.Policy.ActivateTimeout)
            {
                IsCancellable = false,
            });
            if (activated.Fault is { } activateFault) return new ActivationResult(activateFault, switched, IsProven: false, evidence);
            switched = true;
            var action = activated.Read<Activated>();
            evidence.Add($"{process.Name}: {action.Action}" + (action.Reason is null ? "" : $", since {action.Reason}"));

            var isLast = process == rollout.Service.Processes[^1] && rollout.Environment.Undrain is null;
            var proof = await ProveAsync(rollout, node, target, process, ChecksOf(process), wait: !isLast || process.VersionCheck is null);
            evidence.AddRange(proof.Evidence);
            if (proof.Fault is { } fault) return Failed(fault, evidence);
            if (proof.Settling is not null) return proof with { IsProven = proven, Evidence = evidence };
            proven &= proof.IsProven;
        }

        return await HookAsync(rollout, node, target, "undrain", rollout.Environment.Undrain) is { } undrainFault
            ? Failed(undrainFault, evidence)
            : new ActivationResult(null, switched, proven, evidence);
    }

    /// <summary>Waits until the old workers of the last process have ended, and proves the running version.</summary>
    /// <param name="rollout">The rollout.</param>
    /// <param name="node">The node.</param>
    /// <param name="target">What it runs.</param>
    /// <param name="switched">What <see cref="SwitchAsync"/> answered.</param>
    /// <param name="stop">Ends the wait as <c>cancelled</c>.</param>
    public static async Task<ActivationResult> SettleAsync(
        RolloutContext rollout, RolloutNodeRow node, Target target, ActivationResult switched, CancellationToken stop = default)
    {
        var proof = await ProveAsync(rollout, node, target, switched.Settling!, [], wait: true, stop);
        IReadOnlyList<string> evidence = [.. switched.Evidence.Union(proof.Evidence)];
        return proof.Fault is { } fault ? Failed(fault, evidence) : proof with { IsProven = switched.IsProven && proof.IsProven, Evidence = evidence };
    }

    /// <summary>A step that checks.</summary>
    public static Step CheckStep(RolloutContext rollout, RolloutNodeRow node, CheckDocument check, string key, string version) =>
        new(node, key, "check", () => new { Check = CheckSpec.Build(rollout.Environment, check, version) }, check.Within) { IsFenced = false };

    private async Task<bool> NeedsRestartAsync(RolloutContext rollout, RolloutNodeRow node, Target target)
    {
        if (target.From is null) return true;
        var after = await locks.PackagesAsync(rollout.Row.Service, target.Release, node.Fingerprint) ?? [];
        return Planner.NeedsRestart(await locks.PackagesAsync(rollout.Row.Service, target.From, node.Fingerprint), after, rollout.Service.MasterPackages);
    }

    /// <summary>The checks of a process, with the one that says the version.</summary>
    private static IReadOnlyList<CheckDocument> ChecksOf(ProcessDocument process) =>
        process.VersionCheck is { } version && !process.Checks.Contains(version) ? [.. process.Checks, version] : process.Checks;

    /// <param name="rollout">The rollout.</param>
    /// <param name="node">The node.</param>
    /// <param name="target">What it should run.</param>
    /// <param name="process">The process.</param>
    /// <param name="checks">The health checks that it must pass first.</param>
    /// <param name="wait">Whether to wait for the end of old workers when new ones serve; else the result says that they are settling.</param>
    /// <param name="stop">Ends the proof as <c>cancelled</c>.</param>
    private static async Task<ActivationResult> ProveAsync(
        RolloutContext rollout, RolloutNodeRow node, Target target, ProcessDocument process, IReadOnlyList<CheckDocument> checks, bool wait,
        CancellationToken stop = default)
    {
        var result = await rollout.Steps.RunAsync(new Step(
            node,
            $"{target.Prefix}{(checks.Count > 0 ? "check" : "prove")}/{node.Name}/{process.Name}",
            "prove",
            () => new
            {
                target.Release,
                target.Version,
                Process = ProcessSpec.Build(rollout.Environment, process),
                Checks = checks.Select(check => CheckSpec.Build(rollout.Environment, check, target.Version)),
                Wait = wait,
                WithinS = rollout.Policy.ProveTimeout.TotalSeconds,
            },
            checks.Aggregate(rollout.Policy.ProveTimeout, (sum, check) => sum + check.Within))
        {
            IsFenced = false,
            Stop = stop,
        });
        if (result.Fault is { } fault) return Failed(fault, []);
        var proof = result.Read<Proof>();
        IReadOnlyList<string> evidence = [.. proof.Evidence.Select(line => $"{process.Name}: {line}")];
        return proof.Outcome == "disproven"
            ? Failed(new NodeFault("disproven", $"{process.Name} does not run {target.Version}: {proof.Evidence[0]}", null), evidence)
            : new ActivationResult(null, IsSwitched: true, proof.Outcome == "proven", evidence) { Settling = proof.Outcome == "settling" ? process : null };
    }

    private static async Task<NodeFault?> HookAsync(RolloutContext rollout, RolloutNodeRow node, Target target, string name, HookDocument? hook)
    {
        if (hook is null) return null;
        var result = await rollout.Steps.RunAsync(new Step(
            node,
            $"{target.Prefix}{name}/{node.Name}",
            "command",
            () => new { Name = name, hook.Command, target.Release, TimeoutS = hook.Timeout.TotalSeconds },
            hook.Timeout)
        {
            IsCancellable = name == "drain",
        });
        return result.Fault;
    }

    private static ActivationResult Failed(NodeFault fault, IReadOnlyList<string> evidence) =>
        new(fault, IsSwitched: true, IsProven: false, evidence);

    private sealed record Activated(string Action, bool Flipped, string? Reason);

    private sealed record Proof(string Outcome, IReadOnlyList<string> Evidence);
}
