using System.CommandLine;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Contracts.Access;

namespace Wheelhouse.Cli.Commands.Access;

/// <summary>Makes a user.</summary>
internal sealed class UsersAddCommand : CliCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The person's name; it is shown as the author of all that is done" };
    private readonly RightsOptions _rights = new(roleIsNeeded: true);
    private readonly Option<bool> _stdin = PasswordInput.Stdin();

    public UsersAddCommand(CliHost host) : base(host, "add", "Add a user, with a password that is asked for")
    {
        Add(_name);
        foreach (var option in (Option[])[.. _rights.All, _stdin]) Add(option);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var request = new UserRequest
        {
            Name = context.Need(_name),
            Password = await PasswordInput.ReadAsync(context, _stdin, token),
            Role = context.Get(_rights.Role)!,
            Services = context.Get(_rights.Services) ?? [],
            Environments = context.Get(_rights.Environments) ?? [],
            Projects = context.Get(_rights.Projects) ?? [],
        };
        var user = await context.Client.CreateUserAsync(request, token);
        if (context.Json) context.Output.WriteJson(user);
        else context.Output.Line($"User {user.Name} ({user.Role}) can sign in.");
        return ExitCodes.Success;
    }
}
