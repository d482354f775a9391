using CsCheck;

namespace Wheelhouse.Tests.Services;

public sealed class ServiceDocumentPropertyTests
{
    private static readonly string[] Pieces =
        ["", "\n", " ", "  - ", ": ", "{", "}", "[", "]", "'", "\"", "&a ", "*a", "!t ", "---\n", "null", "~", "| ", "#", "%", "\t", "-1", "9999999999", "secret:x", "<<: ", "? ", "…"];

    /// <summary>Cuts out a part of the good document and puts something else there, up to four times.</summary>
    private static Gen<string> Mutated { get; } = Gen
        .Select(Gen.Int[0, 100_000], Gen.Int[0, 12], Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i]))
        .List[1, 4]
        .Select(changes => changes.Aggregate(DocumentParsing.Billing, (text, change) =>
        {
            var at = change.Item1 % (text.Length + 1);
            return text.Remove(at, Math.Min(change.Item2, text.Length - at)).Insert(at, change.Item3);
        }));

    [Fact]
    public void Any_text_is_either_valid_or_refused_with_a_line() => Mutated.Sample(
        yaml =>
        {
            var parsed = DocumentParsing.Parser.Parse(yaml);
            return parsed.Errors.Count > 0
                ? parsed.Services.Count == 0 && parsed.Errors.All(error => error is { Line: >= 1, Column: >= 1, Message.Length: > 0 })
                : parsed.Services.Count > 0;
        },
        iter: 1000);

    [Fact]
    public void What_is_stored_of_a_valid_text_is_valid_again() => Mutated.Sample(
        yaml => DocumentParsing.Parser.Parse(yaml).Services.All(service =>
            DocumentParsing.Parser.Parse(service.Yaml) is { Errors: [], Services: [var again] } && again.Document.Name == service.Document.Name),
        iter: 1000);
}
