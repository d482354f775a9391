using System.CommandLine;
using Spectre.Console;
using Wheelhouse.Cli.Commands.Rollouts;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Nodes;

namespace Wheelhouse.Cli.Commands.Nodes;

/// <summary>
/// Trusts host keys after showing them. A key that replaces a trusted one is never covered by <c>--yes</c>: it is trusted by a
/// person's answer or by naming its fingerprint.
/// </summary>
internal sealed class TrustCommand : CliCommand
{
    private const string Changed = "changed";
    private const string Trusted = "trusted";

    private readonly Argument<string> _service = RolloutArguments.Service();
    private readonly Argument<string> _environment = RolloutArguments.Environment();
    private readonly Option<bool> _yes = new("--yes") { Description = "Trust the new keys as shown, without asking; not those that changed" };

    private readonly Option<string[]> _fingerprints = new("--fingerprint")
    {
        Description = "Trust only the key with this fingerprint; may be repeated",
        HelpName = "SHA256:…",
        DefaultValueFactory = _ => [],
    };

    public TrustCommand(CliHost host) : base(host, "trust", "Show the host keys of the nodes and trust them")
    {
        Add(_service);
        Add(_environment);
        Add(_yes);
        Add(_fingerprints);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var service = context.Need(_service);
        var environment = context.Need(_environment);
        var keys = await context.Client.ListHostKeysAsync(service, environment, token);
        var unreached = keys.Count(key => key.Error is not null);
        if (!context.Json) context.Output.Console.Write(Draw(keys, new Symbols(context.Output.Console.Profile.Capabilities.Unicode)));
        var open = keys.Where(key => key.Error is null && key.Status != Trusted).ToList();
        var chosen = await ChooseAsync(context, open, token);
        if (chosen.Count > 0) await context.Client.TrustHostKeysAsync(service, environment, new TrustRequest(chosen), token);
        if (context.Json) context.Output.WriteJson(await context.Client.ListHostKeysAsync(service, environment, token));
        else if (open.Count > 0) context.Output.Line($"Trusted {Words.Count(chosen.Count, "host key")}.");
        else if (unreached == 0) context.Output.Line("Every host key is trusted already.");
        if (unreached == 0) return ExitCodes.Success;
        throw new CliException(
            ExitCodes.Error, $"{Words.Count(unreached, "node")} showed no host key.", $"See why: wheelhouse doctor {service} {environment}");
    }

    private async Task<List<string>> ChooseAsync(CommandContext context, List<HostKeyView> open, CancellationToken token)
    {
        var named = context.Get(_fingerprints) ?? [];
        if (named.Length > 0)
        {
            var unknown = named.FirstOrDefault(fingerprint => open.TrueForAll(key => key.Fingerprint != fingerprint));
            if (unknown is null) return [.. named];
            throw new CliException(ExitCodes.Refused, $"No node shows a key to trust with the fingerprint {unknown}.", "Compare it with the keys above.");
        }
        if (open.Count == 0) return [];
        if (context.Get(_yes))
        {
            if (open.Find(key => key.Status == Changed) is { } changed)
            {
                throw new CliException(
                    ExitCodes.Refused,
                    $"The host key of {changed.Node} changed: the machine was installed anew, or another one answers in its place.",
                    $"If you know why, trust it by name: --fingerprint {changed.Fingerprint}");
            }
            return Fingerprints(open);
        }
        var agreed = await Confirmation.AskAsync(
            context, $"Trust {Words.Count(open.Count, "key")} as shown?", "Pass --fingerprint for each key that you know, or --yes for the new ones.", token);
        return agreed ? Fingerprints(open) : throw new CliException(ExitCodes.Refused, "No host key was trusted.");
    }

    private static List<string> Fingerprints(List<HostKeyView> keys) => [.. keys.Select(key => key.Fingerprint).Distinct()];

    private static Grid Draw(IReadOnlyList<HostKeyView> keys, Symbols symbols)
    {
        var table = Tables.New("Node", "Address", "Key", "Fingerprint", "State", "");
        foreach (var key in keys)
        {
            var (symbol, style) = key switch
            {
                { Error: not null } => (symbols.Cross, Symbols.Bad),
                { Status: Trusted } => (symbols.Check, Symbols.Good),
                { Status: Changed } => (symbols.Cross, Symbols.Bad),
                _ => (symbols.Ring, Symbols.Warn),
            };
            var state = key.Error is null ? key.Status : "not read";
            table.AddRow(
                new Text(key.Node), new Text($"{key.Address}:{key.Port}", Symbols.Calm), new Text(key.Algorithm),
                new Text(key.Fingerprint), new Text($"{symbol} {state}", style), new Text(Printable.Of(key.Error)));
        }
        return table;
    }
}
