using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Wheelhouse.Cli.Publishing.Git;

/// <summary>Runs git in a working tree; it only reads.</summary>
/// <param name="directory">A folder of the working tree.</param>
/// <param name="variables">More of git's environment; none by default.</param>
internal sealed class GitProgram(string directory, IReadOnlyDictionary<string, string>? variables = null)
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    /// <summary>What it printed.</summary>
    /// <exception cref="GitException">It is not installed, failed, or took over a minute.</exception>
    public async Task<string> AskAsync(CancellationToken token, params IEnumerable<string> arguments)
    {
        var (code, output, error) = await RunAsync(arguments, token);
        return code == 0 ? output : throw new GitException(error);
    }

    /// <summary>The same; null when it says no, as of a commit that is not in the clone.</summary>
    /// <exception cref="GitException">It is not installed, or took over a minute.</exception>
    public async Task<string?> FindAsync(CancellationToken token, params IEnumerable<string> arguments)
    {
        var (code, output, _) = await RunAsync(arguments, token);
        return code == 0 ? output : null;
    }

    /// <summary>What it printed when it was given some lines to read.</summary>
    /// <exception cref="GitException">It is not installed, failed, or took over a minute.</exception>
    public async Task<string> TellAsync(IEnumerable<string> lines, CancellationToken token, params IEnumerable<string> arguments)
    {
        var (code, output, error) = await RunAsync(arguments, token, string.Concat(lines.Select(line => line + "\n")));
        return code == 0 ? output : throw new GitException(error);
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(IEnumerable<string> arguments, CancellationToken token, string input = "")
    {
        var start = new ProcessStartInfo("git", ["--no-pager", "-c", "log.showSignature=false", "-c", "i18n.logOutputEncoding=UTF-8", .. arguments])
        {
            WorkingDirectory = directory,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in (IEnumerable<(string, string)>)[("LC_ALL", "C.UTF-8"), ("GIT_TERMINAL_PROMPT", "0"), ("GIT_OPTIONAL_LOCKS", "0"), ("GIT_NO_LAZY_FETCH", "1")])
            start.Environment[name] = value;
        foreach (var name in (IEnumerable<string>)["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"]) start.Environment.Remove(name); // It is the folder that counts
        foreach (var (name, value) in variables ?? new Dictionary<string, string>(StringComparer.Ordinal)) start.Environment[name] = value;
        using var process = Start(start);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        patience.CancelAfter(Within);
        try
        {
            await process.StandardInput.WriteAsync(input.AsMemory(), patience.Token);
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync(patience.Token);
            var output = await process.StandardOutput.ReadToEndAsync(patience.Token);
            var said = (await error).Split('\n', 2)[0].Trim();
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, output.TrimEnd('\n'), said);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new GitException($"git took longer than {Within.TotalSeconds:0} seconds.");
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new GitException("git is not installed.");
        }
    }
}

/// <summary>What git said that it cannot do.</summary>
internal sealed class GitException(string message) : Exception(message);
