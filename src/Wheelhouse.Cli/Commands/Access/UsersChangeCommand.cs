using System.CommandLine;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Contracts.Access;

namespace Wheelhouse.Cli.Commands.Access;

/// <summary>Changes what a user may do, whether the user can sign in, or the password.</summary>
internal sealed class UsersChangeCommand : CliCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "The user's name" };
    private readonly RightsOptions _rights = new(roleIsNeeded: false);
    private readonly Option<bool> _noLimits = new("--no-limits") { Description = "Take the limits away; without it those that are given replace the ones of their kind" };
    private readonly Option<bool> _disable = new("--disable") { Description = "End the user's sessions and let the user sign in no more" };
    private readonly Option<bool> _enable = new("--enable") { Description = "Let the user sign in again" };
    private readonly Option<bool> _password = new("--password") { Description = "Ask for another password" };
    private readonly Option<bool> _stdin = PasswordInput.Stdin();

    public UsersChangeCommand(CliHost host) : base(host, "change", "Change a user; what is not named stays")
    {
        Add(_name);
        foreach (var option in (Option[])[.. _rights.All, _noLimits, _disable, _enable, _password, _stdin]) Add(option);
        Validators.Add(result =>
        {
            if (result.GetValue(_disable) && result.GetValue(_enable)) result.AddError("--disable and --enable exclude each other.");
            if (!result.Children.OfType<System.CommandLine.Parsing.OptionResult>().Any(option => !option.Implicit)) result.AddError("Nothing is to be changed.");
        });
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var name = context.Need(_name);
        if (context.Get(_password) || context.Get(_stdin))
        {
            await context.Client.SetPasswordAsync(name, await PasswordInput.ReadAsync(context, _stdin, token), token);
            if (!context.Json) context.Output.Line($"User {name} has another password and is signed out everywhere.");
        }

        var user = await context.Client.ChangeUserAsync(name, ChangeOf(context), token);
        if (context.Json) context.Output.WriteJson(user);
        else
        {
            var limits = RightsOptions.Describe(user.Services, user.Environments, user.Projects);
            context.Output.Line($"User {user.Name}: {user.Role} for {limits}{(user.Disabled ? ", disabled" : "")}.");
        }
        return ExitCodes.Success;
    }

    private UserChange ChangeOf(CommandContext context) => new()
    {
        Role = context.Get(_rights.Role),
        Services = Limit(context, _rights.Services),
        Environments = Limit(context, _rights.Environments),
        Projects = Limit(context, _rights.Projects),
        Disabled = context.Get(_disable) ? true : context.Get(_enable) ? false : null,
    };

    /// <summary>Null leaves the limit as it is.</summary>
    private string[]? Limit(CommandContext context, Option<string[]> option) =>
        context.Get(option) is { Length: > 0 } names ? names : context.Get(_noLimits) ? [] : null;
}
