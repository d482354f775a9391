using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Wheelhouse.Cli.Hosting;

/// <summary>Runs one command line.</summary>
internal static class CliApp
{
    /// <summary>Parses and runs, and tells every failure as a message with a fix.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(string[] args, CliHost host)
    {
        var parsed = CommandTree.Create(host).Parse(args);
        if (parsed.Action is ParseErrorAction || MistypedOption(parsed) is not null) return TellUsage(parsed, host);
        var streams = new InvocationConfiguration
        {
            Output = host.Out,
            Error = host.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null, // Signals are ours: they detach instead of killing
        };
        try
        {
            return await parsed.InvokeAsync(streams, host.Interrupts.First);
        }
        catch (Exception error)
        {
            return new ErrorReporter(host, parsed.GetValue(GlobalOptions.Json)).Report(error);
        }
    }

    private static int TellUsage(ParseResult parsed, CliHost host)
    {
        if (parsed.Tokens.Count == 0)
        {
            GroupedHelp.Write(host, host.Out);
            return ExitCodes.Usage;
        }
        var errors = MistypedOption(parsed) is { } option ? [$"'{option}' is no option here."]
            : parsed.UnmatchedTokens.Count > 0 ? [$"'{parsed.UnmatchedTokens[0]}' is no command or argument here."]
            : parsed.Errors.Select(error => error.Message).Distinct();
        var fix = $"see {string.Join(' ', Path(parsed.CommandResult.Command).Reverse())} --help";
        if (parsed.GetValue(GlobalOptions.Json))
            return new ErrorReporter(host, json: true).Report(new CliException(ExitCodes.Usage, string.Join(' ', errors), fix));
        foreach (var error in errors) host.Error.WriteLine($"error: {error}");
        host.Error.WriteLine($"  fix: {fix}");
        return ExitCodes.Usage;
    }

    /// <summary>What looks like an option but was taken for an argument, as in <c>deploy billing production --qeue</c>; null when nothing does.</summary>
    private static string? MistypedOption(ParseResult parsed) => parsed.CommandResult.Children.OfType<ArgumentResult>()
        .SelectMany(argument => argument.Tokens).Select(token => token.Value)
        .FirstOrDefault(value => value.Length > 1 && value[0] == '-');

    private static IEnumerable<string> Path(Command command)
    {
        for (Symbol? at = command; at is not null; at = at.Parents.FirstOrDefault()) yield return at is RootCommand ? "wheelhouse" : at.Name;
    }
}
