using System.Text.Json;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Nodes;
using Wheelhouse.Server.Rollouts.Journal;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Rollouts;

/// <summary>
/// Does the steps of a rollout on its nodes, each at most once: what the journal has an end of is answered from there, so that
/// the whole rollout can be run again from its beginning after a crash and goes on exactly where it was cut off.
/// </summary>
internal sealed class StepRunner(
    RolloutJournal journal, IGrainFactory grains, NodeHome home, PolicyDocument policy, TimeProvider time, CancellationToken cancelled, CancellationToken stopping)
{
    private static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan ReportGrace = TimeSpan.FromSeconds(15);
    private const int GrainRetries = 5;

    /// <summary>Does the step, or answers how it ended before.</summary>
    /// <exception cref="FencedException">Another server took the rollout over.</exception>
    /// <exception cref="OperationCanceledException">This server is stopping; the step stays open in the journal.</exception>
    public async Task<StepResult> RunAsync(Step step)
    {
        if (journal.FindEnded(step.Key, inAnyAttempt: step.IsFenced) is { } ended)
            return new StepResult(ended.Result, ended.Error is null ? null : new NodeFault(ended.Outcome!, ended.Error, ended.Fix));
        if ((cancelled.IsCancellationRequested || step.Stop.IsCancellationRequested) && step.IsCancellable)
            return new StepResult(null, Cancelled($"{step.Key} was not begun, since the rollout was cancelled."));
        if (step.Unneeded.IsCancellationRequested)
            return new StepResult(null, Cancelled($"{step.Key} was not begun, since it is not needed any more."));
        var row = journal.BeginStep(step.Key, step.Node.Name, step.Operation, out var written);
        // A look changes nothing, so the node need not wait for the disk.
        if (step.IsFenced) await written;
        var report = await SendAsync(step, row);
        await written;
        journal.NoteEndOfStep(row, report.ResultJson, report.Error);
        return new StepResult(report.ResultJson, report.Error);
    }

    /// <summary>Sends an operation without a place in the journal: a look, or the claim of a takeover.</summary>
    public async Task<StepResult> AskAsync(Step step)
    {
        var report = await SendAsync(step, row: null);
        return new StepResult(report.ResultJson, report.Error);
    }

    private async Task<NodeReport> SendAsync(Step step, StepRow? row)
    {
        var stepId = $"{journal.Row.Id}/{step.Key}#{row?.Attempt ?? journal.Row.Attempt}";
        var node = step.Node.ToInventoryNode();
        var command = new NodeCommand
        {
            Id = $"{stepId}@{journal.Row.Epoch}",
            Node = node,
            Home = home,
            Op = step.Operation,
            Step = step.IsFenced ? stepId : null,
            Epoch = step.IsFenced ? journal.Row.Epoch : null,
            ArgsJson = NodePlaceholders.Fill(JsonSerializer.Serialize(step.Arguments(), NodeJson.Options), node),
            Rollout = journal.Row.Id,
            ConnectWithin = policy.ConnectTimeout,
            ConnectRetries = policy.ConnectRetries,
        };
        var grain = grains.GetGrain<INodeGrain>(NodeGrainKey.For(journal.Row.Service, journal.Row.Environment, step.Node.Name));
        var deadline = time.GetUtcNow() + step.Within + ReportGrace + (policy.ConnectTimeout * (policy.ConnectRetries + 1));
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancelled, step.Stop);
        using var interrupted = CancellationTokenSource.CreateLinkedTokenSource(stopping, ending.Token);
        using var disturbed = CancellationTokenSource.CreateLinkedTokenSource(interrupted.Token, step.Unneeded);
        using var abandon = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await using var onCancel = ending.Token.Register(() => abandon.CancelAfter(CancelGrace));
        var (toldNode, withdrawn, asked) = (false, false, false);
        while (time.GetUtcNow() < deadline)
        {
            if (ending.IsCancellationRequested && step.IsCancellable && !toldNode)
            {
                await RetryAsync(() => grain.Cancel(command.Id));
                toldNode = true;
            }

            if (asked && step.Unneeded.IsCancellationRequested && !withdrawn)
            {
                await RetryAsync(() => grain.Withdraw(command.Id));
                withdrawn = true;
            }

            var waitsForCancel = step.IsCancellable && !toldNode;
            try
            {
                var advance = RetryAsync(() => grain.Advance(command));
                asked = true;
                var report = await advance.WaitAsync(!waitsForCancel ? abandon.Token : withdrawn ? interrupted.Token : disturbed.Token);
                if (report.Ended) return report;
            }
            catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
            {
                if (waitsForCancel) continue;
                return NodeReport.Failed(Cancelled($"{step.Key} was under way when the rollout was cancelled and may still end on the node."));
            }
        }

        await RetryAsync(() => grain.Cancel(command.Id));
        return NodeReport.Failed(new NodeFault(
            "timeout", $"{step.Node.Name} did not end {step.Operation} within {step.Within.TotalSeconds:0} s.", "Look at the node's log, and raise the policy's timeout if it needs longer."));
    }

    /// <summary>Calls the node's grain; a call that its silo could not take is repeated, since asking again never begins anything twice.</summary>
    private async Task<T> RetryAsync<T>(Func<Task<T>> call)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await call();
            }
            catch (Exception exception) when (attempt < GrainRetries && exception is OrleansException or TimeoutException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt), time, stopping);
            }
        }
    }

    private Task RetryAsync(Func<Task> call) => RetryAsync(async () =>
    {
        await call();
        return true;
    });

    private static NodeFault Cancelled(string message) => new("cancelled", message, null);
}
