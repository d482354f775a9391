using Spectre.Console;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;

namespace Wheelhouse.Cli.Commands.Access;

/// <summary>Lists the users.</summary>
internal sealed class UsersListCommand(CliHost host) : CliCommand(host, "list", "List the users")
{
    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var users = await context.Client.ListUsersAsync(token);
        if (context.Json)
        {
            context.Output.WriteJson(users);
            return ExitCodes.Success;
        }
        var times = context.Output.Times;
        var table = Tables.New("Name", "Role", "Only for", "Made", "By", "Last sign-in");
        foreach (var user in users)
        {
            var seen = user.Disabled ? "disabled" : user.LastSignInAt is { } at ? times.Ago(at) : "never";
            table.AddRow(
                new Text(user.Name), new Text(user.Role), new Text(RightsOptions.Describe(user.Services, user.Environments, user.Projects)),
                new Text(times.Moment(user.CreatedAt)), new Text(user.CreatedBy), new Text(seen));
        }
        context.Output.Console.Write(table);
        return ExitCodes.Success;
    }
}
