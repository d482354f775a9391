using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Server.Builds.Running;
using Wheelhouse.Tests.Hosting;

namespace Wheelhouse.Tests.Builds.Running;

/// <summary>A real server whose index has what builds need, a real repository, and the runner between them.</summary>
public sealed class BuildLab : IAsyncLifetime
{
    private static readonly string[] Packages = ["setuptools", "wheel", "pytest", "pluggy", "iniconfig", "attrs", "packaging", "gunicorn"];

    private readonly TempFolder _folder = new("wh-lab");

    public TestServer Server { get; private set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Server = await TestServer.StartAsync(Token);
        foreach (var package in Packages)
            await ChildProcess.CheckAsync("/usr/bin/python3", [Path.Combine(Repository.Fixtures, "debian_wheel.py"), package, _folder["wheels"]], Token);
        await ChildProcess.CheckAsync(
            "/usr/bin/python3",
            ["-m", "twine", "upload", "--disable-progress-bar", "--non-interactive", "--config-file", "/dev/null", "--repository-url", new Uri(Server.Url, "legacy/").ToString(),
                "-u", "__token__", "-p", TestServer.AdminToken, .. Directory.GetFiles(_folder["wheels"])],
            Token);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>Commits a project and builds it.</summary>
    internal async Task<(BuildOutcome Outcome, Heard Heard)> BuildAsync(Action<SourceRepository> write, Func<BuildJob, BuildJob>? change = null)
    {
        using var repository = await SourceRepository.CreateAsync(Token);
        write(repository);
        return await BuildAsync(repository, await repository.PushAsync(Token), change);
    }

    internal async Task<(BuildOutcome Outcome, Heard Heard)> BuildAsync(SourceRepository repository, string commit, Func<BuildJob, BuildJob>? change = null)
    {
        var output = Directory.CreateDirectory(_folder[Guid.NewGuid().ToString("N")]).FullName;
        var job = new BuildJob("b1", "acme", repository.Bare, commit, output) { Time = 1_700_000_000, Limits = new BuildLimits { Time = TimeSpan.FromMinutes(2), Memory = 1L << 30, Disk = 256 << 20 } };
        var heard = new Heard();
        var outcome = await Server.Services.GetRequiredService<IBuildRunner>().RunAsync(change?.Invoke(job) ?? job, heard, Token);
        return (outcome, heard);
    }

    /// <summary>A small package with a test.</summary>
    internal static void Write(SourceRepository repository, string test, string name = "acme") => repository
        .Write("pyproject.toml", $"[build-system]\nrequires = [\"setuptools>=61\"]\nbuild-backend = \"setuptools.build_meta\"\n[project]\nname = \"{name}\"\nversion = \"1.0\"\n[tool.setuptools]\npackages = [\"acme\"]\n")
        .Write("acme/__init__.py", "def answer():\n    return 42\n")
        .Write("tests/test_acme.py", test);
}

/// <summary>What a build told.</summary>
internal sealed class Heard : IBuildListener
{
    public List<string> Steps { get; } = [];

    public List<string> Lines { get; } = [];

    public string Log => string.Join('\n', Lines);

    public Task BeginAsync(string step)
    {
        Steps.Add(step);
        return Task.CompletedTask;
    }

    public Task LogAsync(IReadOnlyList<string> lines)
    {
        Lines.AddRange(lines);
        return Task.CompletedTask;
    }

    public Task<BuildFailure?> BuiltAsync(IReadOnlyList<BuiltFile> files) => Task.FromResult<BuildFailure?>(null);
}
