using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Wheelhouse.Cli.Hosting;

/// <summary>The help of the whole command by groups of verbs; that of one verb as the library writes it.</summary>
/// <param name="ofVerb">The library's help.</param>
/// <param name="host">The surroundings of the verbs.</param>
internal sealed class GroupedHelp(HelpAction ofVerb, CliHost host) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        if (parseResult.CommandResult.Command is not RootCommand) return ofVerb.Invoke(parseResult);
        Write(host, parseResult.InvocationConfiguration.Output);
        return ExitCodes.Success;
    }

    public static void Write(CliHost host, TextWriter output)
    {
        output.WriteLine(CommandTree.Description);
        output.WriteLine();
        output.WriteLine("Usage: wheelhouse COMMAND [arguments] [options]");
        foreach (var (title, commands) in CommandTree.Groups(host))
        {
            output.WriteLine();
            output.WriteLine(title + ":");
            foreach (var command in commands) output.WriteLine($"  {command.Name,-10} {command.Description}");
        }
        output.WriteLine();
        output.WriteLine("Options of every command:");
        foreach (var (option, value) in (IEnumerable<(Option, string)>)[(GlobalOptions.Server, " URL"), (GlobalOptions.Json, ""), (GlobalOptions.NoColor, "")])
        {
            output.WriteLine($"  {option.Name + value,-14} {option.Description}");
        }
        output.WriteLine($"  {"-h, --help",-14} Help for a command: wheelhouse deploy --help");
        output.WriteLine($"  {"--version",-14} The version of this program");
        output.WriteLine();
        output.WriteLine("Exit codes: 0 success, 1 error, 2 usage or invalid document, 3 refused, 4 failed and reverted,");
        output.WriteLine("5 failed, 6 cancelled, 7 paused, 130/143 detached (the rollout goes on).");
    }
}
