using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Hosting.Programs;

namespace Wheelhouse.Server.Builds.Sources;

/// <summary>
/// Runs git so that nothing of a repository can run anything: no hooks, no submodules, no configuration but this, https and ssh alone. Secrets reach it
/// by its environment or by files that only the server's user can read, never by its arguments.
/// </summary>
/// <param name="options">The settings.</param>
/// <param name="keys">The folder for those files.</param>
internal sealed class GitRunner(GitOptions options, string keys)
{
    private const int LongestMessage = 1000;

    private const string Install = "Install git on the server; on Debian: apt install git.";

    /// <summary>What is never right, and what old but harmless repositories have.</summary>
    private static readonly (string Name, string Value)[] Settings =
    [
        ("core.hooksPath", "/dev/null"), ("core.fsmonitor", "false"), ("core.askPass", ""), ("credential.helper", ""), ("submodule.recurse", "false"),
        ("fetch.recurseSubmodules", "false"), ("gc.autoDetach", "false"), ("http.followRedirects", "false"), ("http.lowSpeedLimit", "1000"), ("http.lowSpeedTime", "60"),
        ("protocol.allow", "never"), ("protocol.https.allow", "always"), ("protocol.ssh.allow", "always"), ("transfer.fsckObjects", "true"),
        ("fetch.fsck.zeroPaddedFilemode", "ignore"), ("fetch.fsck.missingSpaceBeforeDate", "ignore"), ("fetch.fsck.badTimezone", "ignore"),
    ];

    /// <summary>Runs git and returns what it printed.</summary>
    /// <param name="folder">Where it runs.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="remote">The remote that it may speak to; null for none.</param>
    /// <param name="token">Ends it.</param>
    /// <exception cref="SourceException">It failed, took too long, or is not there.</exception>
    public async Task<ReadOnlyMemory<byte>> RunAsync(string folder, IReadOnlyList<string> arguments, GitRemote? remote, CancellationToken token)
    {
        var result = await TryAsync(folder, arguments, remote, token);
        if (result.ExitCode == 0) return result.Output;
        throw new SourceException("git_failed", $"git {arguments[0]} failed: {LastLines(result.Errors)}", "Check the address, the token or deploy key, and the host's key.");
    }

    /// <summary>How many bytes may come at a time.</summary>
    public long MostBytes => (long)options.MaxFetchMib << 20;

    /// <summary>Runs git and returns how it ended, whatever its exit code. What it says about that holds no credentials.</summary>
    /// <exception cref="SourceException">It took too long, or is not there.</exception>
    public async Task<ProgramResult> TryAsync(string folder, IReadOnlyList<string> arguments, GitRemote? remote, CancellationToken token, Stream? input = null)
    {
        using var files = new SshFiles(remote, keys);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(token);
        timeout.CancelAfter(options.Timeout);
        try
        {
            string[] limited = [$"--fsize={MostBytes}", "--core=0", "git", .. arguments];
            var start = new ProgramStart(ProgramRunner.Find("prlimit", "Install util-linux on the server."), limited, folder) { Variables = Variables(remote, files), Input = input };
            ProgramRunner.Find("git", Install);
            var result = await ProgramRunner.RunAsync(start, timeout.Token);
            return result with { Errors = Masked.Of(result.Errors, remote?.Secrets ?? []) };
        }
        catch (ProgramException problem)
        {
            throw new SourceException("git_failed", problem.Message, problem.Fix);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new SourceException("git_timeout", $"git {arguments[0]} took longer than {options.Timeout}.", "Raise builds.git.timeout, or look why the host is so slow.");
        }
    }

    private Dictionary<string, string?> Variables(GitRemote? remote, SshFiles files)
    {
        var variables = Environment.GetEnvironmentVariables().Keys.Cast<string>()
            .Where(name => name.StartsWith("GIT_", StringComparison.Ordinal) || name is "SSH_ASKPASS" or "SSH_AUTH_SOCK" or "DISPLAY")
            .ToDictionary(name => name, string? (_) => null, StringComparer.Ordinal);
        variables["HOME"] = "/nonexistent";
        variables["LC_ALL"] = "C.UTF-8";
        variables["GIT_CONFIG_NOSYSTEM"] = "1";
        variables["GIT_CONFIG_GLOBAL"] = "/dev/null";
        variables["GIT_ATTR_NOSYSTEM"] = "1";
        variables["GIT_TERMINAL_PROMPT"] = "0";
        variables["GIT_LFS_SKIP_SMUDGE"] = "1";
        variables["GIT_NO_REPLACE_OBJECTS"] = "1";
        variables["GIT_SSH_COMMAND"] = files.Command;
        variables["GIT_SSH_VARIANT"] = "ssh";
        var settings = Settings.ToList();
        if (options.AllowLocal) settings.AddRange([("protocol.http.allow", "always"), ("protocol.file.allow", "always")]);
        if (remote?.Basic is { } basic) settings.Add(($"http.{remote.Url.Origin}.extraHeader", $"Authorization: Basic {basic}"));
        variables["GIT_CONFIG_COUNT"] = $"{settings.Count}";
        foreach (var (index, (name, value)) in settings.Index())
        {
            variables[$"GIT_CONFIG_KEY_{index}"] = name;
            variables[$"GIT_CONFIG_VALUE_{index}"] = value;
        }

        return variables;
    }

    /// <summary>For a message: what git said last. The beginning of a long text is left out: a secret may be cut in two there, and was not known for one.</summary>
    public static string LastLines(string errors)
    {
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(4).ToList();
        var text = string.Concat(string.Join(" / ", lines).Select(c => char.IsControl(c) ? ' ' : c));
        return text.Length == 0 ? "it said nothing." : text[Math.Max(0, text.Length - LongestMessage)..];
    }
}
