using Spectre.Console;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;

namespace Wheelhouse.Cli.Commands.Secrets;

/// <summary>Lists the secrets, without their values.</summary>
internal sealed class SecretsListCommand(CliHost host) : CliCommand(host, "list", "List the secrets, without their values")
{
    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var secrets = await context.Client.ListSecretsAsync(token);
        if (context.Json)
        {
            context.Output.WriteJson(secrets);
            return ExitCodes.Success;
        }
        var times = context.Output.Times;
        var table = Tables.New("Name", "Set", "By", "Used by");
        foreach (var secret in secrets)
            table.AddRow(new Text(secret.Name), new Text(times.Ago(secret.SetAt)), new Text(secret.SetBy), new Text(secret.UsedBy.Count == 0 ? "nothing" : string.Join(", ", secret.UsedBy)));
        context.Output.Console.Write(table);
        return ExitCodes.Success;
    }
}
