using Wheelhouse.Server.Documents;
using Wheelhouse.Server.HealthChecks;

namespace Wheelhouse.Server.Services.Document;

/// <summary>Reads the checks of a process.</summary>
internal sealed class CheckReader(HealthCheckKinds kinds)
{
    private static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(5);

    // A try that hangs, for example on a worker that is about to end, must leave time for others.
    private const int MostTries = 3;
    private static readonly string[] Common = ["successes", "interval", "timeout", "within"];

    /// <summary>Reads <c>check</c> (one) or <c>checks</c> (a list).</summary>
    public IReadOnlyList<CheckDocument> ReadAll(MapReader process)
    {
        var one = process.Find("check");
        var many = process.List("checks").ToList();
        if (one is null) return [.. many.Select(item => Read(item.Node, item.Path, process.Errors)).OfType<CheckDocument>()];
        if (many.Count > 0) process.Errors.Add(one, process.Path("check"), "Both 'check' and 'checks' are given.", "Put all of them under checks.");
        return Read(one, process.Path("check"), process.Errors) is { } check ? [check] : [];
    }

    /// <summary>Reads one check: the key of its kind, that kind's options beside or under it, and what every kind has.</summary>
    public CheckDocument? Read(DocumentNode node, string path, DocumentErrors errors)
    {
        if (MapReader.Open(node, path, errors) is not { } map) return null;
        var named = map.Node.Entries.Where(entry => kinds.Find(entry.Key.Text) is not null).ToList();
        if (named.Count != 1)
        {
            errors.Add(node, path, named.Count == 0 ? "The check has no kind." : $"The check has several kinds: {string.Join(", ", named.Select(entry => entry.Key.Text))}.",
                FindMistyped(map.Node) ?? $"Give exactly one of: {string.Join(", ", kinds.Names)}.");
            return null;
        }

        var kind = kinds.Find(named[0].Key.Text)!;
        var options = OptionsBinder.Bind(kind.OptionsType, Options(kind, map.Node, named[0], path, errors), path, errors, Common);
        var within = map.PositiveTime("within", TimeSpan.FromSeconds(30));
        var check = new CheckDocument
        {
            Kind = kind,
            Options = options ?? kind,
            Successes = map.Integer("successes", 3, min: 1, max: 1000),
            Interval = map.Time("interval", TimeSpan.FromMilliseconds(100)),
            Timeout = map.PositiveTime("timeout", within / MostTries < LongestTry ? within / MostTries : LongestTry),
            Within = within,
        };
        return options is null ? null : check;
    }

    /// <summary>The kind's options as one map: what stands beside its key, and what its key holds.</summary>
    private static MapNode Options(IHealthCheck kind, MapNode check, MapEntry named, string path, DocumentErrors errors)
    {
        var entries = check.Entries.Where(entry => !Common.Contains(entry.Key.Text) && entry != named).ToList();
        if (named.Value is MapNode inner)
        {
            foreach (var entry in inner.Entries)
            {
                if (entries.TrueForAll(other => other.Key.Text != entry.Key.Text)) entries.Add(entry);
                else errors.Add(entry.Key, $"{path}.{entry.Key.Text}", $"'{entry.Key.Text}' is given both under and beside '{named.Key.Text}'.", "Keep one of them.");
            }
        }
        else if (OptionsBinder.ShorthandKey(kind.OptionsType) is { } shorthand)
            entries.Add(new MapEntry(named.Key with { Text = shorthand }, named.Value));
        return new MapNode(entries, check.Line, check.Column);
    }

    private string? FindMistyped(MapNode check) => check.Entries
        .Where(entry => !Common.Contains(entry.Key.Text))
        .Select(entry => Suggestion.For(entry.Key.Text, kinds.Names))
        .FirstOrDefault(near => near is not null) is { } kind ? $"Did you mean '{kind}'?" : null;
}
