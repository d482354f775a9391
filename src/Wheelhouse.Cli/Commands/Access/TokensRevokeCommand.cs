using System.CommandLine;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Access;

/// <summary>Ends a token.</summary>
internal sealed class TokensRevokeCommand : CliCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The token's name" };

    public TokensRevokeCommand(CliHost host) : base(host, "revoke", "End a token, at once") => Add(_name);

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var name = context.Need(_name);
        await context.Client.RevokeTokenAsync(name, token);
        if (!context.Json) context.Output.Line($"Token {name} no longer works.");
        return ExitCodes.Success;
    }
}
