using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd.Index;

/// <summary>Debian's pip, twine and build, with nothing of this machine's settings, against a server.</summary>
/// <param name="server">The server.</param>
/// <param name="folder">Where they keep what they must keep.</param>
internal sealed class PyTools(ServerProcess server, TempFolder folder)
{
    private const string Python = "/usr/bin/python3";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Dictionary<string, string?> Environment => new(StringComparer.Ordinal)
    {
        ["HOME"] = folder.Root,
        ["PIP_CONFIG_FILE"] = "/dev/null",
        ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1",
        ["PIP_NO_INPUT"] = "1",
        ["PIP_NO_CACHE_DIR"] = "1",
        ["PYTHONDONTWRITEBYTECODE"] = "1",
        ["TWINE_USERNAME"] = "__token__",
        ["TWINE_PASSWORD"] = ServerProcess.AdminToken,
    };

    /// <summary>The address of the simple API with a token in it.</summary>
    public string IndexUrl => $"http://__token__:{ServerProcess.AdminToken}@{server.Url.Authority}/simple/";

    public Task UploadAsync(params string[] files) =>
        ChildProcess.CheckAsync(Python, ["-m", "twine", "upload", "--non-interactive", "--disable-progress-bar", "--repository-url", new Uri(server.Url, "legacy/").ToString(), .. files], Token, Environment);

    /// <summary>Installs a package into a folder of its own.</summary>
    public Task<Finished> InstallAsync(string package, string target) =>
        ChildProcess.RunAsync(Python, ["-m", "pip", "install", "--index-url", IndexUrl, "--target", target, package], Token, Environment);

    /// <summary>Runs another module of Python, with variables of its own.</summary>
    public Task<string> RunAsync(IEnumerable<string> module, IReadOnlyDictionary<string, string?>? variables = null)
    {
        var environment = Environment;
        foreach (var (name, value) in variables ?? new Dictionary<string, string?>()) environment[name] = value;
        return ChildProcess.CheckAsync(Python, ["-m", .. module], Token, environment);
    }
}
