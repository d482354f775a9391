using System.CommandLine;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Secrets;

/// <summary>Holds the verbs about secrets.</summary>
internal sealed class SecretsCommand : Command
{
    public SecretsCommand(CliHost host) : base("secrets", "Keep what documents name as secret:NAME")
    {
        Add(new SecretsListCommand(host));
        Add(new SecretsSetCommand(host));
        Add(new SecretsDeleteCommand(host));
    }
}
