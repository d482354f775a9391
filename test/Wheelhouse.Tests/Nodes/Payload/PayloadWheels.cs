using System.Security.Cryptography;
using Wheelhouse.Tests.Nodes.Payload;

[assembly: AssemblyFixture(typeof(PayloadWheels))]

namespace Wheelhouse.Tests.Nodes.Payload;

/// <summary>Real wheels, made once for all tests: Debian's gunicorn and setuptools, and versions of the sample service.</summary>
public sealed class PayloadWheels : IAsyncLifetime
{
    private readonly TempFolder _folder = new("wheels");
    private Dictionary<string, LockedWheel> _wheels = [];

    public string Folder => _folder.Root;

    /// <summary>Works, like 1.1.0.</summary>
    public const string First = "1.0.0";

    public const string Second = "1.1.0";

    /// <summary>Fails when it is imported.</summary>
    public const string Broken = "1.2.0";

    public async ValueTask InitializeAsync()
    {
        var token = TestContext.Current.CancellationToken;
        foreach (var name in new[] { "gunicorn", "setuptools", "setproctitle", "pip", "wheel" }) await RunAsync("debian_wheel.py", [name, Folder], token);
        var source = Path.Combine(Repository.Samples, "hello", "src");
        foreach (var version in new[] { First, Second })
            await RunAsync("make_wheel.py", ["acme-hello", version, Folder, "--source", source, "--requires", "gunicorn>=20"], token);
        await RunAsync("make_wheel.py",
            ["acme-hello", Broken, Folder, "--source", source, "--requires", "gunicorn>=20", "--file", "hello/wsgi.py=import a_module_that_nobody_has\n"], token);
        _wheels = Directory.EnumerateFiles(Folder, "*.whl").Select(LockedWheel.Of).ToDictionary(w => w.Filename, StringComparer.Ordinal);
    }

    /// <summary>The lock of one version of the service.</summary>
    public IReadOnlyList<LockedWheel> Lock(string version) =>
        [.. new[] { $"acme_hello-{version}", "gunicorn-", "setuptools-" }.Select(Find)];

    /// <summary>The wheel whose file name begins so.</summary>
    public LockedWheel Find(string prefix) => _wheels.Values.Single(w => w.Filename.StartsWith(prefix, StringComparison.Ordinal));

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static Task<string> RunAsync(string script, string[] arguments, CancellationToken token) =>
        ChildProcess.CheckAsync("/usr/bin/python3", ["-B", Path.Combine(Repository.Fixtures, script), .. arguments], token);
}

/// <summary>A package of a stage request; the URL is relative to the index.</summary>
public sealed record LockedWheel(string Name, string Version, string Filename, string Url, string Sha256)
{
    public static LockedWheel Of(string path)
    {
        var name = Path.GetFileName(path);
        var parts = name.Split('-');
        return new(parts[0].Replace('_', '-'), parts[1], name, "/" + name, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));
    }
}
