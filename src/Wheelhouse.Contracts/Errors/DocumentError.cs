namespace Wheelhouse.Contracts.Errors;

/// <summary>One error in a document that a person wrote.</summary>
/// <param name="Line">1-based line in the text as sent, 0 when it concerns the whole text.</param>
/// <param name="Column">1-based column, 0 when it concerns the whole line.</param>
/// <param name="Field">The path of the field, such as <c>processes[0].reload.signal</c>.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
/// <param name="Fix">What to write instead, or null.</param>
public sealed record DocumentError(int Line, int Column, string Field, string Message, string? Fix = null);
