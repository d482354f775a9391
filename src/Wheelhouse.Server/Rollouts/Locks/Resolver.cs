using System.Text.Json;
using Wheelhouse.Server.Rollouts.Journal;

namespace Wheelhouse.Server.Rollouts.Locks;

/// <summary>Resolves a service's requirement with pip, on one node for each fingerprint.</summary>
internal sealed class Resolver(NodeIndex index, TimeProvider time)
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(2);

    /// <summary>Resolves and stores the lock. A node that cannot be reached is taken out and the next of its kind asked; null when none is left.</summary>
    /// <param name="rollout">The rollout.</param>
    /// <param name="fingerprint">The fingerprint to resolve for.</param>
    /// <param name="nodes">The nodes that have it, at least one.</param>
    /// <param name="others">Locks of other fingerprints in the same rollout: their versions are kept.</param>
    /// <exception cref="RolloutFailure">There is no set of wheels that fits.</exception>
    public async Task<LockRow?> ResolveAsync(
        RolloutContext rollout, string fingerprint, IReadOnlyList<RolloutNodeRow> nodes, IReadOnlyList<LockRow> others)
    {
        var cutoff = rollout.Row.Relock || others.Count == 0 ? time.GetUtcNow() : others[0].Cutoff;
        var pip = await index.FindPipAsync(rollout.Environment.Python);
        foreach (var node in nodes)
        {
            var result = await rollout.Steps.RunAsync(new Step(
                node,
                $"resolve/{node.Name}",
                "resolve",
                () => new
                {
                    rollout.Environment.Python,
                    Requirement = rollout.Service.RequirementFor(rollout.Row.Version),
                    Index = index.Access(cutoff),
                    Constraints = others.Take(1).SelectMany(row => LockStore.Packages(row.Packages)).Select(package => $"{package.Name}==={package.Version}"),
                    Pip = pip,
                    TimeoutS = Within.TotalSeconds,
                },
                Within)
            { IsFenced = false });
            if (result.Fault is null) return await StoreAsync(rollout, fingerprint, cutoff, result.Read<Resolution>());
            if (rollout.Cancelled.IsCancellationRequested) return null;
            if (!IsOfTheNode(result.Fault.Code)) throw new RolloutFailure($"{Sentence.End(result.Fault.Message)} Nothing was changed.", result.Fault.Fix);
            await rollout.FailAsync(node, result.Fault);
        }

        return null;
    }

    /// <summary>Whether an error is the node's own, so that another node may do better; the rest lies with the packages.</summary>
    private static bool IsOfTheNode(string code) => code is not ("resolution_failed" or "sdist_refused");

    private static async Task<LockRow> StoreAsync(RolloutContext rollout, string fingerprint, DateTimeOffset cutoff, Resolution resolution)
    {
        var packages = resolution.Packages.OrderBy(package => package.Name, StringComparer.Ordinal).ToList();
        var digest = LockedPackage.Digest(packages, rollout.Environment.Python);
        var row = new LockRow
        {
            Service = rollout.Row.Service,
            Release = $"{rollout.Row.Version}-{digest[..8]}",
            Fingerprint = fingerprint,
            Requirement = rollout.Service.Package.ToString(),
            Version = rollout.Row.Version,
            Digest = digest,
            Packages = JsonSerializer.Serialize(packages, JsonSerializerOptions.Web),
            Cutoff = cutoff,
            Pip = resolution.Pip,
        };
        await rollout.Journal.WriteAsync(context =>
        {
            if (context.Set<LockRow>().Find(row.Service, row.Release, row.Fingerprint) is { } same) same.Cutoff = row.Cutoff;
            else context.Add(row);
        });
        return row;
    }

    private sealed record Resolution(string Pip, IReadOnlyList<LockedPackage> Packages);
}
