namespace Wheelhouse.Server.Documents;

/// <summary>
/// Reads the keys of one map. Every read reports what is wrong and answers null (or the default) then, so that the rest is read too;
/// <see cref="Finish"/> reports the keys that nobody asked for.
/// </summary>
/// <param name="map">The map.</param>
/// <param name="path">Its path in the document; empty for the root.</param>
/// <param name="errors">Where errors go.</param>
/// <param name="implied">A key that is not written in the document, because its value stands for the whole map.</param>
public sealed class MapReader(MapNode map, string path, DocumentErrors errors, string? implied = null)
{
    private readonly Dictionary<string, MapEntry> _entries = map.Entries.ToDictionary(entry => entry.Key.Text, StringComparer.Ordinal);
    private readonly List<string> _known = [];

    /// <summary>The map.</summary>
    public MapNode Node => map;

    /// <summary>Where errors go.</summary>
    public DocumentErrors Errors => errors;

    /// <summary>Reads a part that must be a map; null when it is none, which is reported.</summary>
    public static MapReader? Open(DocumentNode node, string path, DocumentErrors errors)
    {
        if (node is MapNode map) return new MapReader(map, path, errors);
        errors.Add(node, path, $"This must be a map of keys and values, but it is {node.Kind}.");
        return null;
    }

    /// <summary>The path of one of its keys.</summary>
    public string Path(string key) =>
        implied is not null && key.StartsWith(implied, StringComparison.Ordinal) && (key.Length == implied.Length || key[implied.Length] == '[') ? path + key[implied.Length..]
        : path.Length == 0 ? key
        : $"{path}.{key}";

    /// <summary>The value of a key; null when it is missing or nothing was written.</summary>
    public DocumentNode? Find(string key)
    {
        if (!_known.Contains(key)) _known.Add(key);
        return _entries.TryGetValue(key, out var entry) && !entry.Value.IsNull ? entry.Value : null;
    }

    /// <summary>The value of a key that must be there.</summary>
    public DocumentNode? Require(string key, string fix)
    {
        if (Find(key) is { } value) return value;
        errors.Add(_entries.TryGetValue(key, out var entry) ? entry.Key : map, Path(key), $"'{key}' is missing.", fix);
        return null;
    }

    /// <summary>Text, or null.</summary>
    public string? Text(string key) => Find(key) is { } value ? Scalars.Text(value, Path(key), errors) : null;

    /// <summary>Text that passes a rule, or null.</summary>
    /// <param name="key">The key.</param>
    /// <param name="rule">Says what is wrong and what to write instead; null when nothing is.</param>
    public string? Text(string key, Func<string, Flaw?> rule) => Find(key) is { } value ? Checked(value, key, rule) : null;

    /// <summary>Text that must be there and pass a rule; empty when it does not, which is reported.</summary>
    public string RequiredText(string key, string fix, Func<string, Flaw?> rule) =>
        Require(key, fix) is { } value ? Checked(value, key, rule) ?? "" : "";

    /// <summary>A duration.</summary>
    public TimeSpan Time(string key, TimeSpan fallback) => Find(key) is { } value ? Scalars.Time(value, Path(key), errors) ?? fallback : fallback;

    /// <summary>A duration longer than nothing.</summary>
    public TimeSpan PositiveTime(string key, TimeSpan fallback)
    {
        var time = Time(key, fallback);
        if (time > TimeSpan.Zero) return time;
        errors.Add(Find(key) ?? map, Path(key), "This must be longer than 0s.");
        return fallback;
    }

    /// <summary>A whole number within bounds.</summary>
    public int Integer(string key, int fallback, int min, int max) =>
        Find(key) is { } value ? Scalars.Integer(value, Path(key), errors, min, max) ?? fallback : fallback;

    /// <summary>One of a few words.</summary>
    public string Word(string key, string fallback, params string[] words)
    {
        if (Find(key) is not { } value || Scalars.Text(value, Path(key), errors) is not { } text) return fallback;
        if (words.Contains(text)) return text;
        errors.Add(value, Path(key), $"'{text}' is not one of {string.Join(", ", words)}.", Suggestion.Fix(text, words));
        return fallback;
    }

    /// <summary>The entries of a list with their paths; none when the key is missing.</summary>
    public IEnumerable<(DocumentNode Node, string Path)> List(string key)
    {
        if (Find(key) is not { } value) return [];
        if (value is ListNode list) return list.Items.Select((item, i) => (item, $"{Path(key)}[{i}]"));
        errors.Add(value, Path(key), $"This must be a list, but it is {value.Kind}.", "Begin each entry with '- '.");
        return [];
    }

    /// <summary>A list of text.</summary>
    public IReadOnlyList<string> Texts(string key) =>
        [.. List(key).Select(item => Scalars.Text(item.Node, item.Path, errors)).OfType<string>()];

    /// <summary>Reports the keys that nobody asked for.</summary>
    /// <param name="siblings">Keys that somebody else reads from the same map; suggested for a mistyped key.</param>
    public void Finish(params IEnumerable<string> siblings)
    {
        var known = _known.Concat(siblings).ToList();
        foreach (var (key, _) in map.Entries.Where(entry => !_known.Contains(entry.Key.Text)))
        {
            errors.Add(key, Path(key.Text), $"'{key.Text}' is not a known key here.", Suggestion.Fix(key.Text, known));
        }
    }

    private string? Checked(DocumentNode value, string key, Func<string, Flaw?> rule)
    {
        if (Scalars.Text(value, Path(key), errors) is not { } text) return null;
        if (rule(text) is not { } flaw) return text;
        errors.Add(value, Path(key), flaw.Message, flaw.Fix);
        return null;
    }
}

/// <summary>What is wrong with a value.</summary>
/// <param name="Message">In a sentence.</param>
/// <param name="Fix">What to write instead, or null.</param>
public sealed record Flaw(string Message, string? Fix = null);
