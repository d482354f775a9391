using System.CommandLine;

using Wheelhouse.Server.Hosting.Commands.Index;

namespace Wheelhouse.Server.Hosting.Commands;

/// <summary>The command line of <c>wheelhouse-server</c>.</summary>
internal static class ServerCommandLine
{
    /// <summary>All of it.</summary>
    public static RootCommand Create() =>
        new("Wheelhouse deploys Python services, and reverts them just as easily.") { RunCommand.Create(), DoctorCommand.Create(), IndexCommand.Create() };

    /// <summary>Runs a command.</summary>
    /// <returns>The exit code: 0 when it ended well, 2 when the command line, the settings or the data directory are wrong, 1 for other failures.</returns>
    public static async Task<int> InvokeAsync(string[] args)
    {
        var parsed = Create().Parse(args);
        if (parsed.Errors.Count == 0) return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
        foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
        await Console.Error.WriteLineAsync("fix: see 'wheelhouse-server --help'");
        return ExitCodes.Wrong;
    }
}

/// <summary>The exit codes of <c>wheelhouse-server</c>.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    public const int Failed = 1;

    /// <summary>What the operator gave is wrong: command line, settings or data directory.</summary>
    public const int Wrong = 2;
}
