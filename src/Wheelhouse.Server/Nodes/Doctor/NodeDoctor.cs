using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;
using Wheelhouse.Contracts.Doctor;
using Wheelhouse.Server.Inventory;

namespace Wheelhouse.Server.Nodes.Doctor;

/// <summary>Checks every node of an environment: whether it is reached, and then what the payload finds on it.</summary>
public sealed class NodeDoctor(IGrainFactory grains, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    private sealed record PayloadFindings(IReadOnlyList<PayloadFinding> Findings);

    private sealed record PayloadFinding(string Check, string Status, string Message, string? Fix);

    /// <summary>Checks all nodes in parallel and yields each finding as it comes. A node that takes longer than two minutes fails.</summary>
    public async IAsyncEnumerable<DoctorFinding> DiagnoseAsync(
        EnvironmentNodes environment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var findings = Channel.CreateUnbounded<DoctorFinding>();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var all = DiagnoseAllAsync(environment, findings.Writer, ending.Token);
        try
        {
            await foreach (var finding in findings.Reader.ReadAllAsync(cancellationToken)) yield return finding;
        }
        finally
        {
            await ending.CancelAsync();
            await all;
        }
    }

    private async Task DiagnoseAllAsync(EnvironmentNodes environment, ChannelWriter<DoctorFinding> findings, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            await Task.WhenAll(environment.Nodes.Select(async node =>
            {
                foreach (var finding in Read(node, await AskAsync(environment, node, cancellationToken))) findings.TryWrite(finding);
            }));
        }
        catch (Exception e)
        {
            failure = e; // The reader of the channel gets it.
        }

        findings.Complete(failure);
    }

    private async Task<NodeReport> AskAsync(EnvironmentNodes environment, InventoryNode node, CancellationToken cancellationToken)
    {
        var grain = grains.GetGrain<INodeGrain>(NodeGrainKey.For(environment.Home.Service, environment.Home.Environment, node.Name));
        var command = new NodeCommand
        {
            Id = $"doctor-{Guid.NewGuid():N}",
            Node = node,
            Home = environment.Home,
            Op = "doctor",
            ArgsJson = NodePlaceholders.Fill(environment.DoctorArgs(), node),
            ConnectRetries = 0,
        };
        var began = time.GetTimestamp();
        while (time.GetElapsedTime(began) < Longest && !cancellationToken.IsCancellationRequested)
        {
            if (await grain.Advance(command) is { Ended: true } report) return report;
        }

        await grain.Cancel(command.Id);
        return NodeReport.Failed(new NodeFault(NodeConnectException.TimedOut, $"The checks on {node.Name} took longer than {Longest.TotalMinutes:0} minutes.",
            "Look at the node's load and disks."));
    }

    /// <summary>Turns a report into findings.</summary>
    internal static IEnumerable<DoctorFinding> Read(InventoryNode node, NodeReport report)
    {
        if (report.Error is { } error)
        {
            var check = error.Code switch
            {
                NodeConnectException.HostKeyUnknown or NodeConnectException.HostKeyChanged => "host_key",
                NodeConnectException.AuthFailed => "login",
                NodeConnectException.PythonMissing => "python",
                _ => "reachable",
            };
            return [new DoctorFinding(node.Name, check, "failed", error.Message, error.Fix)];
        }

        var findings = JsonSerializer.Deserialize<PayloadFindings>(report.ResultJson!, JsonSerializerOptions.Web)!.Findings;
        return findings.Select(finding => new DoctorFinding(node.Name, finding.Check, finding.Status, finding.Message, finding.Fix))
            .Prepend(new DoctorFinding(node.Name, "host_key", "ok", "The host key is trusted.", Fix: null))
            .Prepend(new DoctorFinding(node.Name, "reachable", "ok", $"A session with {node.Address} opened.", Fix: null));
    }
}
