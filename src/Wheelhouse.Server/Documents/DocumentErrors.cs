using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Server.Documents;

/// <summary>Collects every error of a document, so that a person sees all of them at once.</summary>
public sealed class DocumentErrors
{
    private readonly List<DocumentError> _errors = [];

    /// <summary>How many there are so far.</summary>
    public int Count => _errors.Count;

    /// <summary>Adds an error at a place in the text.</summary>
    /// <param name="at">The part that is wrong.</param>
    /// <param name="field">The path of the field, such as <c>processes[0].reload.signal</c>.</param>
    /// <param name="message">What is wrong, in a sentence.</param>
    /// <param name="fix">What to write instead, or null.</param>
    public void Add(DocumentNode at, string field, string message, string? fix = null) => Add(at.Line, at.Column, field, message, fix);

    /// <inheritdoc cref="Add(DocumentNode, string, string, string?)"/>
    public void Add(int line, int column, string field, string message, string? fix = null) =>
        _errors.Add(new DocumentError(line, column, field, message, fix));

    /// <summary>All of them in the order of the text, each once (a part used again through an alias would repeat its own).</summary>
    public IReadOnlyList<DocumentError> ToList() => [.. _errors.Distinct().OrderBy(error => error.Line).ThenBy(error => error.Column)];
}
