using System.CommandLine;
using Spectre.Console;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Secrets;

/// <summary>Keeps a secret. Its value is never an argument: every user of a machine sees those.</summary>
internal sealed class SecretsSetCommand : CliCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The name by which documents use it, as secret:NAME" };

    public SecretsSetCommand(CliHost host) : base(host, "set", "Keep a secret, read from the terminal or from standard input; one of the same name gets the new value") => Add(_name);

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var name = context.Need(_name);
        var value = context.Host.CanAsk
            ? await new TextPrompt<string>("Value:").Secret(null).ShowAsync(context.Output.Console, token)
            : (await context.Host.Input.ReadToEndAsync(token)).TrimEnd('\r', '\n');
        await context.Client.SetSecretAsync(name, value, token);
        if (!context.Json) context.Output.Line($"Secret {name} is kept. Name it in a document as secret:{name}.");
        return ExitCodes.Success;
    }
}
