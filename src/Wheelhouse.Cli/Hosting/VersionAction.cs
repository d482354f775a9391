using System.CommandLine;
using System.CommandLine.Invocation;

namespace Wheelhouse.Cli.Hosting;

/// <summary>Prints this program's version.</summary>
internal sealed class VersionAction : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        parseResult.InvocationConfiguration.Output.WriteLine($"wheelhouse {CommandContext.Version}");
        return ExitCodes.Success;
    }
}
