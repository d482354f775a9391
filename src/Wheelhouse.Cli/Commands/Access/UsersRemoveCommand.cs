using System.CommandLine;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Access;

/// <summary>Removes a user.</summary>
internal sealed class UsersRemoveCommand : CliCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The user's name" };

    public UsersRemoveCommand(CliHost host) : base(host, "remove", "Remove a user and end the user's sessions, at once") => Add(_name);

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var name = context.Need(_name);
        await context.Client.RemoveUserAsync(name, token);
        if (!context.Json) context.Output.Line($"User {name} is removed.");
        return ExitCodes.Success;
    }
}
