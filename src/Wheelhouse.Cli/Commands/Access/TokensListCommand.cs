using Spectre.Console;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;

namespace Wheelhouse.Cli.Commands.Access;

/// <summary>Lists the tokens, without their secrets.</summary>
internal sealed class TokensListCommand(CliHost host) : CliCommand(host, "list", "List the tokens, without their secrets")
{
    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var tokens = await context.Client.ListTokensAsync(token);
        if (context.Json)
        {
            context.Output.WriteJson(tokens);
            return ExitCodes.Success;
        }
        var times = context.Output.Times;
        var table = Tables.New("Name", "Role", "Only for", "Made", "By", "Expires", "Last used");
        foreach (var item in tokens)
        {
            table.AddRow(
                new Text(item.Name), new Text(item.Role), new Text(RightsOptions.Describe(item.Services, item.Environments, item.Projects)), new Text(times.Moment(item.CreatedAt)), new Text(item.CreatedBy),
                new Text(item.ExpiresAt is { } end ? times.Moment(end) : "never"), new Text(item.LastUsedAt is { } used ? times.Ago(used) : "never"));
        }
        context.Output.Console.Write(table);
        return ExitCodes.Success;
    }
}
