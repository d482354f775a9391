using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Tests.Builds;

namespace Wheelhouse.EndToEnd.Harness;

/// <summary>A git host with the sample service in a real bare repository. It tells the server of pushes as GitHub does.</summary>
internal sealed class GitHost : IDisposable
{
    public const string Project = "acme-hello";

    private const string Secret = "what-the-git-host-and-the-server-know";

    private static readonly string Sample = Path.Combine(Testing.Repository.Samples, "hello");

    private readonly ServerProcess _server;

    private GitHost(ServerProcess server, SourceRepository repository) => (_server, Repository) = (server, repository);

    /// <summary>The sample's own tests, which pass.</summary>
    public static string GoodTest { get; } = File.ReadAllText(Path.Combine(Sample, "tests", "test_wsgi.py"));

    public SourceRepository Repository { get; }

    /// <summary>The settings that a server needs to fetch from a folder.</summary>
    public static void Allow(ServerProcess server) => server.Environment["WHEELHOUSE_BUILDS_GIT_ALLOW_LOCAL"] = "true";

    /// <summary>Makes the repository, with no commit yet, and has its pushes built.</summary>
    /// <param name="server">A server that may fetch from folders.</param>
    /// <param name="cli">Its command line.</param>
    /// <param name="folder">Takes the project's document.</param>
    /// <param name="token">Ends it.</param>
    /// <param name="settings">More lines of the project's document.</param>
    public static async Task<GitHost> StartAsync(ServerProcess server, Cli cli, TempFolder folder, CancellationToken token, string settings = "")
    {
        var host = new GitHost(server, await SourceRepository.CreateAsync(token));
        await server.Client.SetSecretAsync("hook", Secret, token);
        await cli.CheckAsync(
            token, "projects", "apply", "-f", folder.Write("project.yaml", $"project: {Project}\nrepository: {host.Repository.Bare}\nwebhook: secret:hook\n{settings}"));
        foreach (var file in (string[])["README.md", "pyproject.toml", "src/hello/__init__.py", "src/hello/wsgi.py"])
            host.Repository.Write(file, await File.ReadAllTextAsync(Path.Combine(Sample, file), token));
        return host;
    }

    /// <summary>Pushes a version, and tells the server.</summary>
    /// <param name="version">What its pyproject.toml says.</param>
    /// <param name="test">Its tests.</param>
    /// <param name="token">Ends it.</param>
    /// <returns>The id of the build.</returns>
    public async Task<string> PushAsync(string version, string test, CancellationToken token)
    {
        var settings = await File.ReadAllLinesAsync(Path.Combine(Repository.Tree, "pyproject.toml"), token);
        Repository.Write("pyproject.toml", string.Join('\n', settings.Select(line => line.StartsWith("version = ", StringComparison.Ordinal) ? $"version = \"{version}\"" : line)) + "\n");
        Repository.Write("tests/test_wsgi.py", test);
        return await TellAsync(await Repository.PushAsync(token, $"Make it {version}"), token);
    }

    /// <summary>Tells the server of a push to main.</summary>
    /// <returns>The id of the build.</returns>
    public async Task<string> TellAsync(string commit, CancellationToken token)
    {
        var body = JsonSerializer.Serialize(new { @ref = "refs/heads/main", after = commit, pusher = new { name = "ada" }, head_commit = new { id = commit } });
        using var http = new HttpClient { BaseAddress = _server.Url };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"hooks/{Project}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("X-GitHub-Event", "push");
        request.Headers.Add("X-GitHub-Delivery", Guid.NewGuid().ToString());
        request.Headers.Add("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(body))));
        using var answer = await http.SendAsync(request, token);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>(token)).GetProperty("build").GetString()!;
    }

    /// <summary>Waits until a build has ended.</summary>
    public async Task<BuildView> EndedAsync(string build, CancellationToken token)
    {
        BuildView? view = null;
        await Eventually.TrueAsync(
            async () => BuildStates.IsEnded((view = await _server.Client.GetBuildAsync(build, token)).State), $"the end of build {build}", TimeSpan.FromSeconds(120), token);
        return view!;
    }

    public void Dispose() => Repository.Dispose();
}
