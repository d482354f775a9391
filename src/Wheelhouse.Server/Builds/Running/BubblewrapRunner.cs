using Microsoft.Extensions.Options;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Index;

namespace Wheelhouse.Server.Builds.Running;

/// <summary>
/// Builds in sandboxes of bubblewrap: one run after another, each in a sandbox of its own, so that what prepares an environment never meets the project's
/// code, and the project's code never writes an environment. See docs/adr/0007.
/// </summary>
internal sealed class BubblewrapRunner(
    SandboxStarter starter, BuildUsers users, PayloadFolder payload, EnvironmentCache cache, IndexSocket index, IOptions<SandboxOptions> options, IOptions<IndexOptions> indexOptions,
    TimeProvider time) : IBuildRunner
{
    /// <inheritdoc/>
    public async Task<BuildOutcome> RunAsync(BuildJob job, IBuildListener listener, CancellationToken token)
    {
        using var user = users.Take();
        using var timeout = new CancellationTokenSource(job.Limits.Time, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(token, timeout.Token);
        await using var files = new BuildFiles(job, indexOptions.Value.MaxUnpackedSize);
        var runs = new BuildRuns(job, listener, files, Plan(job, user), request => new SandboxRun(starter, time).RunAsync(request.Plan, request.Request, request.Hear, either.Token), cache);
        IReadOnlyList<BuiltFile> built = [];
        try
        {
            if (job.HasNetwork && !options.Value.AllowNetwork)
                throw new BuildFailedException("network_not_allowed", "This server's builds have no network but the index.", "Have the server's setting builds.sandbox.allow_network set.");
            var requirements = await runs.PrepareAsync("requirements", null);
            await runs.RunAsync("build", requirements!);
            built = await files.CheckAsync(either.Token);
            if (await listener.BuiltAsync(built) is { } refusal) return new BuildOutcome(refusal, built, null);
            if (await runs.PrepareAsync("dependencies", files.Wheel) is { } dependencies) await runs.RunAsync("test", dependencies);
            return new BuildOutcome(null, built, runs.Tests());
        }
        catch (BuildFailedException problem)
        {
            var tests = runs.Tests();
            return new BuildOutcome(Explain(problem.Failure, tests), built, tests);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !token.IsCancellationRequested)
        {
            return new BuildOutcome(new BuildFailure("build_timeout", $"The build took longer than {Duration.Describe(job.Limits.Time)}; it was at the step {runs.Step}.", "Does something wait for ever? Else raise the limit."), built, runs.Tests());
        }
    }

    private static BuildFailure Explain(BuildFailure failure, TestReport? tests)
    {
        const int Named = 3;
        if (failure.Code != "tests_failed" || tests is not { Failures: [_, ..] failures }) return failure;
        var names = string.Join(", ", failures.Take(Named).Select(test => test.Name));
        return failure with { Message = $"{tests.Failed} of {tests.Passed + tests.Failed + tests.Skipped} tests failed: {names}{(tests.Failed > Named ? ", …" : ".")}" };
    }

    private SandboxPlan Plan(BuildJob job, BuildUser user)
    {
        var mounts = new List<SandboxMount>
        {
            new(payload.Modules, "/wheelhouse/payload"), new(index.Path, "/wheelhouse/index.sock"), new(job.Repository, "/wheelhouse/repository"),
        };
        if (user.Id is { } id) mounts.AddRange([new(payload.Passwd(id), "/etc/passwd"), new(payload.Group(id), "/etc/group")]);
        return new SandboxPlan(user.Id, job.Limits, options.Value.Python, job.HasNetwork, mounts);
    }
}
