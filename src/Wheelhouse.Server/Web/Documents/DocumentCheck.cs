using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Web.Documents;

/// <summary>What is to be said about the text in the editor.</summary>
/// <param name="Errors">Every error, in the order of the lines; empty when it can be saved.</param>
/// <param name="Service">What it says; null when there are errors.</param>
public sealed record DocumentCheck(IReadOnlyList<DocumentError> Errors, ParsedService? Service)
{
    /// <summary>Checks a text.</summary>
    /// <param name="parser">The server's.</param>
    /// <param name="yaml">The text.</param>
    /// <param name="name">The service that it is of; null for a new one.</param>
    public static DocumentCheck Of(ServiceDocumentParser parser, string yaml, string? name)
    {
        // Until all is filled in, most of what the parser says follows from what is not.
        if (Placeholders.Find(yaml, DocumentTemplate.Places).ToList() is { Count: > 0 } open) return new DocumentCheck(open, null);
        var parsed = parser.Parse(yaml);
        List<DocumentError> errors = [.. parsed.Errors];
        if (parsed.Services.Count > 1)
            errors.Add(new DocumentError(1, 1, "service", $"The text has {parsed.Services.Count} services.", "Save each on its own page, or use 'wheelhouse apply'."));
        else if (parsed.Services is [var one] && name is not null && one.Document.Name != name)
            errors.Add(new DocumentError(LineOf(yaml, "service:"), 1, "service", $"This is the document of '{name}'.", "A service keeps its name; add another one for another name."));
        return new DocumentCheck(errors, errors.Count == 0 ? parsed.Services[0] : null);
    }

    private static int LineOf(string yaml, string start) =>
        yaml.Split('\n').Index().FirstOrDefault(line => line.Item.StartsWith(start, StringComparison.Ordinal)).Index + 1;
}
