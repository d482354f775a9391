using System.CommandLine;
using System.CommandLine.Parsing;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Contracts.Holds;

namespace Wheelhouse.Cli.Commands.Holds;

/// <summary>Makes a service or environment refuse rollouts.</summary>
internal sealed class HoldCommand : CliCommand
{
    private readonly HoldPlace _place;
    private readonly Option<string> _reason = new("--reason") { Description = "Why: everybody who is refused reads it", HelpName = "TEXT", Required = true };
    private readonly Option<DateTimeOffset?> _until;

    private readonly Option<TimeSpan?> _for = new("--for")
    {
        Description = "It ends by itself after this time, such as 4h or 2d",
        HelpName = "TIME",
        CustomParser = argument => Durations.Parse(argument),
    };

    public HoldCommand(CliHost host) : base(host, "hold", "Make a service, or one of its environments, refuse rollouts")
    {
        _place = new HoldPlace(this);
        _until = new("--until")
        {
            Description = "It ends by itself then, such as 2030-12-24T18:00 (here) or 2030-12-24T18:00Z",
            HelpName = "WHEN",
            CustomParser = argument => ReadMoment(argument, host.Time.LocalTimeZone),
        };
        foreach (var option in (Option[])[_reason, _until, _for]) Add(option);
        Validators.Add(result =>
        {
            if (result.GetResult(_until) is not null && result.GetResult(_for) is not null) result.AddError("--until and --for exclude each other.");
        });
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var (service, environment) = _place.Read(context);
        var hold = await context.Client.PlaceHoldAsync(
            new HoldRequest
            {
                Service = service,
                Environment = environment,
                Reason = context.Get(_reason)!,
                Until = context.Get(_for) is { } length ? context.Host.Time.GetUtcNow() + length : context.Get(_until),
            },
            token);
        if (context.Json)
        {
            context.Output.WriteJson(hold);
            return ExitCodes.Success;
        }
        context.Output.Line($"{HoldPlace.Describe(service, environment)} refuses rollouts {HoldLines.End(hold, context.Output.Times)}.");
        context.Output.Line($"  lift it:  wheelhouse unhold {HoldPlace.Arguments(service, environment)}");
        return ExitCodes.Success;
    }

    private static DateTimeOffset? ReadMoment(ArgumentResult argument, TimeZoneInfo here)
    {
        var text = argument.Tokens.Count == 1 ? argument.Tokens[0].Value : "";
        if (Moments.TryParse(text, here, out var moment)) return moment;
        argument.AddError($"'{text}' is not a time: write it like 2030-12-24T18:00 or 2030-12-24T18:00Z.");
        return null;
    }
}
