namespace Wheelhouse.Server.Builds.Running;

/// <summary>The runs of one build, and what they say.</summary>
internal sealed class BuildRuns(BuildJob job, IBuildListener listener, BuildFiles files, SandboxPlan plan, Func<StartedRun, Task<RunMessage>> start, EnvironmentCache cache)
{
    private readonly OutputFilter _log = new(listener, job.Limits);

    /// <summary>The step that began last.</summary>
    public string Step { get; private set; } = BuildSteps.Checkout;

    /// <summary>What the tests said.</summary>
    public TestReport? Tests()
    {
        if (files.Report is not { } report) return null;
        report.Position = 0;
        return JUnitReader.Read(report);
    }

    /// <summary>Has an environment made, or finds it.</summary>
    /// <param name="run">The run that says what is in it.</param>
    /// <param name="wheel">The wheel that was built, when it is for that.</param>
    /// <returns>Its folder; null when none is needed.</returns>
    public async Task<string?> PrepareAsync(string run, string? wheel)
    {
        var made = cache.Begin(job.Project);
        try
        {
            string? key = null, found = null;
            var last = await RunAsync(run, new SandboxMount(made, "/wheelhouse/environment", IsWritable: true), wheel, asked => found = cache.Find(job.Project, key = asked));
            if (last.Tests == false) return null;
            return found ?? (key is null ? throw new BuildFailedException("bad_message", "The run made no environment.") : cache.Keep(job.Project, made, key));
        }
        finally
        {
            if (Directory.Exists(made)) Directory.Delete(made, recursive: true);
        }
    }

    /// <summary>Runs the project's code.</summary>
    /// <param name="run"><c>build</c> or <c>test</c>.</param>
    /// <param name="environment">The environment's folder, which it can only read.</param>
    public Task RunAsync(string run, string environment) =>
        RunAsync(run, new SandboxMount(environment, "/wheelhouse/environment"), run == "test" ? files.Wheel : null, _ => throw new BuildFailedException("bad_message", "The build asked for an environment."));

    private Task<RunMessage> RunAsync(string run, SandboxMount environment, string? wheel, Func<string?, string?> find)
    {
        var mounts = plan.Mounts.Append(environment);
        if (wheel is not null) mounts = mounts.Append(new SandboxMount(wheel, "/wheelhouse/files/" + Path.GetFileName(wheel)));
        var limits = new RunLimits(BuildLimits.LineLength, job.Limits.Output, job.Limits.Processes, job.Limits.Disk);
        var request = new RunRequest(run, job.Commit, job.Folder, job.Version, job.Project, job.Test, job.Time, limits);
        return start(new StartedRun(plan with { Mounts = [.. mounts] }, request, message => HearAsync(run, message, find)));
    }

    private async Task<object?> HearAsync(string run, RunMessage message, Func<string?, string?> find)
    {
        switch (message.Event)
        {
            case "log":
                await _log.AddAsync(message.Lines ?? []);
                return null;
            case "step" when Steps(run).Contains(message.Step, StringComparer.Ordinal) && (message.Step != Step || run == "requirements"):
                Step = message.Step!;
                await listener.BeginAsync(Step);
                return null;
            case "environment":
                return new { ready = find(message.Key) is not null };
            case "file" when run is "build" or "test":
                await files.BeginAsync(message.Kind, message.Name, isTest: run == "test");
                return null;
            case "data" when run is "build" or "test":
                await files.AddAsync(message.Data, CancellationToken.None);
                return null;
            default:
                throw new BuildFailedException("bad_message", "The build disturbed the conversation of its sandbox with the server.");
        }
    }

    /// <summary>The steps that a run may begin; the run of the tests goes on in the step that finding their dependencies began.</summary>
    private static string[] Steps(string run) => run switch
    {
        "requirements" => [BuildSteps.Checkout, BuildSteps.Requirements],
        "build" => [BuildSteps.Build],
        "dependencies" => [BuildSteps.Test],
        _ => [],
    };
}

/// <summary>A run that is to start.</summary>
internal sealed record StartedRun(SandboxPlan Plan, RunRequest Request, Func<RunMessage, Task<object?>> Hear);
