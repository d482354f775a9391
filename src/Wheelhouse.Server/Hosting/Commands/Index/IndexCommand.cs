using System.CommandLine;

namespace Wheelhouse.Server.Hosting.Commands.Index;

/// <summary><c>wheelhouse-server index</c>: the upkeep of the index on the server's own machine.</summary>
internal static class IndexCommand
{
    public static Command Create() => new("index", "Looks after the files of the index.") { VerifyCommand.Create(), ExportCommand.Create(), ImportCommand.Create() };
}
