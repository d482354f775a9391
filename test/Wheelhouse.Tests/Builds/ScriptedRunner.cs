using System.Collections.Concurrent;
using System.Security.Cryptography;
using Wheelhouse.Server.Builds.Running;
using Wheelhouse.Tests.Index;

namespace Wheelhouse.Tests.Builds;

/// <summary>Builds nothing: makes the files of the version that it is asked for, and does on the way what the test wants.</summary>
internal sealed class ScriptedRunner : IBuildRunner
{
    private readonly ConcurrentDictionary<string, byte[]> _sdists = new(StringComparer.Ordinal);

    /// <summary>Every job that was begun.</summary>
    public ConcurrentQueue<BuildJob> Jobs { get; } = new();

    /// <summary>Jobs wait here until the test lets them go on; nothing waits when null.</summary>
    public SemaphoreSlim? Gate { get; set; }

    /// <summary>Changes how a job ends.</summary>
    public Func<BuildJob, BuildOutcome, BuildOutcome> End { get; set; } = (_, outcome) => outcome;

    /// <summary>The version when the job leaves it to the project.</summary>
    public string Version { get; set; } = "1.0";

    /// <summary>What makes the bytes of one run others than those of another with the same version.</summary>
    public string Salt { get; set; } = "";

    public async Task<BuildOutcome> RunAsync(BuildJob job, IBuildListener listener, CancellationToken token)
    {
        Jobs.Enqueue(job);
        await listener.BeginAsync(BuildSteps.Checkout);
        await listener.LogAsync(["checked out", $"commit {job.Commit}"]);
        if (Gate is { } gate) await gate.WaitAsync(token);
        await listener.BeginAsync(BuildSteps.Build);
        var version = job.Version ?? Version;
        var files = new List<BuiltFile>
        {
            await WriteAsync(job, $"{job.Project}-{version}.tar.gz", version, _sdists.GetOrAdd(version, _ => Archives.Sdist(job.Project, version)), token),
            await WriteAsync(job, $"{job.Project}-{version}-py3-none-any.whl", version, Archives.Zip(Wheel(job.Project, version)), token),
        };
        if (await listener.BuiltAsync(files) is { } refusal) return new BuildOutcome(refusal, files, Tests: null);
        await listener.BeginAsync(BuildSteps.Test);
        await listener.LogAsync(["1 passed"]);
        return End(job, new BuildOutcome(Failure: null, files, new TestReport(1, 0, 0, 0.1, [], [new TestTime("test_health", 0.1)])));
    }

    private Dictionary<string, string> Wheel(string project, string version)
    {
        var files = Archives.WheelFiles(project, version);
        files[$"{project}/__init__.py"] += Salt;
        return files;
    }

    private static async Task<BuiltFile> WriteAsync(BuildJob job, string name, string version, byte[] bytes, CancellationToken token)
    {
        await File.WriteAllBytesAsync(Path.Combine(job.Output, name), bytes, token);
        return new BuiltFile(name, version, bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}
