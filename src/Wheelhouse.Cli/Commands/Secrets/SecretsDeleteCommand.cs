using System.CommandLine;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Secrets;

/// <summary>Deletes a secret.</summary>
internal sealed class SecretsDeleteCommand : CliCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The secret's name" };

    public SecretsDeleteCommand(CliHost host) : base(host, "delete", "Delete a secret; refused while something names it") => Add(_name);

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var name = context.Need(_name);
        await context.Client.DeleteSecretAsync(name, token);
        if (!context.Json) context.Output.Line($"Secret {name} is deleted.");
        return ExitCodes.Success;
    }
}
