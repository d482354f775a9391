using System.CommandLine;

namespace Wheelhouse.Cli.Hosting;

/// <summary>One verb of the command line.</summary>
internal abstract class CliCommand : Command
{
    /// <param name="host">The surroundings.</param>
    /// <param name="name">The verb.</param>
    /// <param name="description">One line for the help.</param>
    protected CliCommand(CliHost host, string name, string description) : base(name, description) =>
        SetAction(async (parsed, token) =>
        {
            using var context = new CommandContext(host, parsed);
            return await RunAsync(context, token);
        });

    /// <summary>Does it.</summary>
    /// <param name="context">The arguments, the server and the output.</param>
    /// <param name="token">Cancelled by the first Ctrl-C or SIGTERM.</param>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    protected abstract Task<int> RunAsync(CommandContext context, CancellationToken token);
}
