namespace Wheelhouse.EndToEnd.Harness;

/// <summary>Real wheels to publish: gunicorn and what it needs from Debian, and releases of the sample service.</summary>
public static class Wheels
{
    private const string Python = "/usr/bin/python3";
    private static readonly string Hello = Path.Combine(Repository.Samples, "hello");
    private static readonly SemaphoreSlim Gate = new(1);

    /// <summary>What the sample service depends on.</summary>
    public static Task<IReadOnlyList<string>> DependenciesAsync(TempFolder folder, CancellationToken token) => DebianAsync(folder, token, "setuptools", "gunicorn");

    /// <summary>What building and testing it needs beside that.</summary>
    public static Task<IReadOnlyList<string>> BuildToolsAsync(TempFolder folder, CancellationToken token) =>
        DebianAsync(folder, token, "wheel", "pytest", "pluggy", "iniconfig", "attrs", "packaging");

    /// <summary>A release of the sample service.</summary>
    /// <param name="folder">Where it goes.</param>
    /// <param name="version">Its version.</param>
    /// <param name="token">Ends the making.</param>
    /// <param name="wsgi">Its module <c>hello.wsgi</c>, when not the sample's own; see <see cref="Broken"/>.</param>
    /// <param name="requires">What it depends on beside gunicorn, or null.</param>
    /// <param name="package">Another name for it.</param>
    public static Task<string> HelloAsync(
        TempFolder folder, string version, CancellationToken token, string? wsgi = null, string? requires = null, string package = "acme-hello")
    {
        List<string> arguments =
            [package, version, folder["wheels"], "--source", Path.Combine(Hello, "src"), "--requires", "gunicorn>=20", "--readme", Path.Combine(Hello, "README.md")];
        if (requires is not null) arguments.AddRange(["--requires", requires]);
        if (wsgi is not null) arguments.AddRange(["--file", "hello/wsgi.py=" + wsgi]);
        return RunAsync("make_wheel.py", arguments, token);
    }

    /// <summary>A package with one empty module.</summary>
    public static Task<string> EmptyAsync(TempFolder folder, string name, string version, CancellationToken token) =>
        RunAsync("make_wheel.py", [name, version, folder["wheels"], "--file", $"{name}.py="], token);

    private static async Task<IReadOnlyList<string>> DebianAsync(TempFolder folder, CancellationToken token, params string[] names)
    {
        List<string> made = [];
        foreach (var name in names) made.Add(await RunAsync("debian_wheel.py", [name, folder["wheels"]], token));
        return made;
    }

    private static async Task<string> RunAsync(string fixture, IEnumerable<string> arguments, CancellationToken token)
    {
        await Gate.WaitAsync(token);
        try
        {
            var output = await ChildProcess.CheckAsync(Python, [Path.Combine(Repository.Fixtures, fixture), .. arguments], token);
            return output.Trim();
        }
        finally
        {
            Gate.Release();
        }
    }
}

/// <summary>Ways in which a release of the sample service can be wrong.</summary>
public static class Broken
{
    /// <summary>It starts, and says of itself that it is ill.</summary>
    public const string Health = """
        from importlib.metadata import version
        def app(environ, start_response):
            start_response("503 Service Unavailable", [("Content-Type", "application/json")])
            return [b'{"status": "no database", "version": "%s"}' % version("acme-hello").encode()]
        """;

    /// <summary>It is ill only where a file exists.</summary>
    public static string HealthWhere(string path) => $$"""
        import json, os
        from importlib.metadata import version
        def app(environ, start_response):
            ill = os.path.exists("{{path}}")
            start_response("503 Service Unavailable" if ill else "200 OK", [("Content-Type", "application/json")])
            return [json.dumps({"version": version("acme-hello"), "pid": os.getpid()}).encode()]
        """;

    /// <summary>A version is ill as long as it is what the file says that the variable <c>ILL</c> names; <c>PACKAGE</c> is its package.</summary>
    public const string HealthOnDemand = """
        import json, os
        from importlib.metadata import version
        VERSION = version(os.environ.get("PACKAGE", "acme-hello"))
        def is_ill():
            try:
                with open(os.environ["ILL"]) as file:
                    return file.read() == VERSION
            except OSError:
                return False
        def app(environ, start_response):
            start_response("503 Service Unavailable" if is_ill() else "200 OK", [("Content-Type", "application/json")])
            return [json.dumps({"version": VERSION, "pid": os.getpid()}).encode()]
        """;

    /// <summary>It can't be imported.</summary>
    public const string Import = "import a_module_that_nobody_has\n";
}
