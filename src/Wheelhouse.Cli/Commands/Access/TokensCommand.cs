using System.CommandLine;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Access;

/// <summary>Holds the verbs about tokens.</summary>
internal sealed class TokensCommand : Command
{
    public TokensCommand(CliHost host) : base("tokens", "List, create and revoke tokens")
    {
        Add(new TokensListCommand(host));
        Add(new TokensCreateCommand(host));
        Add(new TokensRevokeCommand(host));
    }
}
