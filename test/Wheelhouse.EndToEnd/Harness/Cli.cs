namespace Wheelhouse.EndToEnd.Harness;

/// <summary>The shipped <c>wheelhouse</c> command, logged in to a server as its admin.</summary>
public sealed class Cli(ServerProcess server, TempFolder home)
{
    public static string Program { get; } = Repository.Program("Wheelhouse.Cli", "wheelhouse");

    /// <summary>The token that it shows.</summary>
    public string Token { get; init; } = ServerProcess.AdminToken;

    /// <summary>Runs it to its end.</summary>
    public Task<Finished> RunAsync(CancellationToken token, params string[] arguments) =>
        ChildProcess.RunAsync(Program, arguments, token, Variables());

    /// <summary>Starts it.</summary>
    public ChildProcess Start(params string[] arguments) => ChildProcess.Start(Program, arguments, Variables());

    /// <summary>Runs it and expects success.</summary>
    /// <returns>What it printed.</returns>
    public Task<string> CheckAsync(CancellationToken token, params string[] arguments) =>
        ChildProcess.CheckAsync(Program, arguments, token, Variables());

    private Dictionary<string, string?> Variables() => new(StringComparer.Ordinal)
    {
        ["HOME"] = home.Root,
        ["XDG_CONFIG_HOME"] = null,
        ["WHEELHOUSE_URL"] = server.Url.ToString(),
        ["WHEELHOUSE_TOKEN"] = Token,
        // Else a build server's own id would make every test follow the first one's rollout.
        ["GITHUB_RUN_ID"] = null,
        ["CI_JOB_ID"] = null,
        ["BUILD_TAG"] = null,
        ["BUILDKITE_BUILD_ID"] = null,
    };
}
