using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlScalar = YamlDotNet.Core.Events.Scalar;

namespace Wheelhouse.Server.Documents;

/// <summary>One of the documents of a file.</summary>
/// <param name="Root">Its content; null when it is empty.</param>
/// <param name="Text">Its own part of the text, without the <c>---</c> line before it.</param>
public sealed record ComposedDocument(DocumentNode? Root, string Text);

/// <summary>
/// Reads YAML into nodes that know their place. Deliberately less than all of YAML: no tags, keys are plain text, depth and size
/// are bounded. Aliases count with all that they repeat, so that a small text cannot grow into a large document.
/// </summary>
public sealed class YamlComposer
{
    /// <summary>How deep maps and lists may lie inside one another.</summary>
    public const int MaxDepth = 20;

    /// <summary>How many values a file may have, aliases expanded.</summary>
    public const int MaxNodes = 50_000;

    private readonly Dictionary<AnchorName, (DocumentNode Node, int Size)> _anchors = [];
    private readonly DocumentErrors _errors;
    private readonly Parser _parser;
    private int _size;

    private YamlComposer(string text, DocumentErrors errors)
    {
        _parser = new Parser(new StringReader(text));
        _errors = errors;
    }

    /// <summary>Reads all documents of a text. A syntax error ends the reading; the documents before it are returned.</summary>
    public static IReadOnlyList<ComposedDocument> Compose(string text, DocumentErrors errors)
    {
        var found = new List<(DocumentNode? Root, int Start)>();
        var composer = new YamlComposer(text, errors);
        try
        {
            composer._parser.Consume<StreamStart>();
            while (composer._parser.TryConsume<DocumentStart>(out var start))
            {
                composer._anchors.Clear();
                var root = composer.Read(depth: 0);
                composer._parser.Consume<DocumentEnd>();
                found.Add((root.IsNull ? null : root, found.Count == 0 ? 0 : (int)start.Start.Index));
            }
        }
        catch (YamlException exception)
        {
            errors.Add(Math.Max(1, (int)exception.Start.Line), Math.Max(1, (int)exception.Start.Column), "", Sentence(exception));
        }

        catch (InvalidOperationException)
        {
            // The YAML library answers some malformed text so, instead of with an exception that names the place.
            var at = composer._parser.Current?.End ?? Mark.Empty;
            errors.Add(Math.Max(1, (int)at.Line), Math.Max(1, (int)at.Column), "", "This is not YAML: a bracket, brace or quote is wrong here or after.");
        }

        return [.. found.Select((document, i) => new ComposedDocument(
            document.Root, Slice(text, document.Start, i + 1 < found.Count ? found[i + 1].Start : text.Length)))];
    }

    private static string Slice(string text, int start, int end)
    {
        var slice = text[start..end].Trim();
        return (slice.StartsWith("---", StringComparison.Ordinal) ? slice[3..].TrimStart('\r', '\n', ' ') : slice) + "\n";
    }

    private static string Sentence(YamlException exception) => exception is DocumentLimitException
        ? exception.Message
        : $"This is not YAML: {exception.Message.Trim().TrimEnd('.')}.";

    private DocumentNode Read(int depth)
    {
        var next = _parser.Consume<ParsingEvent>();
        Count(1, next);
        if (depth > MaxDepth) throw new DocumentLimitException(next, $"Maps and lists lie more than {MaxDepth} deep inside one another.");
        if (next is AnchorAlias alias) return Repeat(alias);
        if (next is NodeEvent { Tag.IsEmpty: false } tagged && !IsNonSpecific(tagged))
            _errors.Add((int)next.Start.Line, (int)next.Start.Column, "", $"Tags such as {tagged.Tag.Value} are not supported; remove it.");
        var before = _size;
        DocumentNode node = next switch
        {
            YamlScalar scalar => ReadScalar(scalar),
            SequenceStart => ReadList(next, depth),
            MappingStart => ReadMap(next, depth),
            _ => throw new YamlException(next.Start, next.End, $"did not expect this here"),
        };
        if (next is NodeEvent { Anchor: { IsEmpty: false } anchor }) _anchors[anchor] = (node, _size - before + 1);
        return node;
    }

    /// <summary>The tag <c>!</c> only says that a value is text.</summary>
    private static bool IsNonSpecific(NodeEvent node) => node.Tag.IsNonSpecific || node is YamlScalar { Tag.Value: "!" };

    private DocumentNode Repeat(AnchorAlias alias)
    {
        if (!_anchors.TryGetValue(alias.Value, out var anchored))
            throw new DocumentLimitException(alias, $"The alias *{alias.Value} names no anchor that ends before it.");
        Count(anchored.Size, alias);
        return anchored.Node;
    }

    private void Count(int size, ParsingEvent at)
    {
        _size += size;
        if (_size > MaxNodes) throw new DocumentLimitException(at, $"The document has more than {MaxNodes} values, repeated ones counted.");
    }

    private ScalarNode ReadScalar(YamlScalar scalar)
    {
        var node = new ScalarNode(scalar.Value, scalar.Style is not ScalarStyle.Plain, (int)scalar.Start.Line, (int)scalar.Start.Column);
        if (scalar.Value.Any(c => char.IsControl(c) && c is not ('\n' or '\t')))
            _errors.Add(node, "", "A value contains a control character.", "Remove it; only line breaks and tabs are allowed.");
        return node;
    }

    private ListNode ReadList(ParsingEvent start, int depth)
    {
        var items = new List<DocumentNode>();
        while (!_parser.TryConsume<SequenceEnd>(out _)) items.Add(Read(depth + 1));
        return new ListNode(items, (int)start.Start.Line, (int)start.Start.Column);
    }

    private MapNode ReadMap(ParsingEvent start, int depth)
    {
        var entries = new Dictionary<string, MapEntry>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = Read(depth + 1);
            var value = Read(depth + 1);
            if (key is not ScalarNode text) _errors.Add(key, "", "A key must be plain text.");
            else if (!entries.TryAdd(text.Text, new MapEntry(text, value)))
                _errors.Add(key, text.Text, $"The key '{text.Text}' is given twice; the first is in line {entries[text.Text].Key.Line}.", "Keep one of them.");
        }

        return new MapNode([.. entries.Values], (int)start.Start.Line, (int)start.Start.Column);
    }

    /// <summary>Well-formed YAML that goes past what is read here.</summary>
    private sealed class DocumentLimitException(ParsingEvent at, string message) : YamlException(at.Start, at.End, message);
}
