using System.CommandLine;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Contracts.Access;

namespace Wheelhouse.Cli.Commands.Access;

/// <summary>Makes a token and prints it, the only time it is ever shown.</summary>
internal sealed class TokensCreateCommand : CliCommand
{
    private readonly Argument<string> _name = new("NAME") { Description = "Who or what will use it; it is shown as the author of all it does" };
    private readonly RightsOptions _rights = new(roleIsNeeded: true);

    private readonly Option<TimeSpan> _expires = new("--expires")
    {
        Description = "For how long it works, such as 12h or 90d; for ever when left out",
        HelpName = "TIME",
        CustomParser = Durations.Parse,
    };

    public TokensCreateCommand(CliHost host) : base(host, "create", "Make a token and print it, this once")
    {
        Add(_name);
        foreach (var option in (Option[])[.. _rights.All, _expires]) Add(option);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var life = context.Get(_expires);
        var created = await context.Client.CreateTokenAsync(
            new TokenRequest
            {
                Name = context.Need(_name),
                Role = context.Get(_rights.Role)!,
                Services = context.Get(_rights.Services) ?? [],
                Environments = context.Get(_rights.Environments) ?? [],
                Projects = context.Get(_rights.Projects) ?? [],
                ExpiresAt = life > TimeSpan.Zero ? context.Host.Time.GetUtcNow() + life : null,
            },
            token);
        if (context.Json)
        {
            context.Output.WriteJson(created);
            return ExitCodes.Success;
        }
        context.Output.Remark($"Token {created.View.Name} ({created.View.Role}). Keep it safe: it is not shown again.");
        context.Output.Line(created.Token);
        return ExitCodes.Success;
    }
}
