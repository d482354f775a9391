using System.Globalization;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Cli.Commands.Services;

/// <summary>Shows the errors of a document as a compiler does: the place, the line, a caret, the fix.</summary>
internal static class DocumentErrors
{
    public static void Write(string file, string text, IReadOnlyList<DocumentError> errors, TextWriter output)
    {
        var lines = text.ReplaceLineEndings("\n").Split('\n');
        foreach (var error in errors.OrderBy(error => error.Line).ThenBy(error => error.Column)) Write(file, lines, error, output);
        output.WriteLine($"{Words.Count(errors.Count, "error")} in {file}; nothing was changed.");
    }

    private static void Write(string file, string[] lines, DocumentError error, TextWriter output)
    {
        var field = error.Field.Length > 0 ? $"{Printable.Of(error.Field)}: " : "";
        output.WriteLine($"{file}{Place(error)}: error: {field}{Printable.Of(error.Message)}");
        if (error.Line >= 1 && error.Line <= lines.Length)
        {
            // A tab keeps its width in the caret's line, so that the caret stands where it should.
            var source = Printable.Of(lines[error.Line - 1]);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{error.Line,5} | {source}"));
            if (error.Column >= 1 && error.Column <= source.Length + 1)
            {
                var gap = string.Concat(source.Take(error.Column - 1).Select(c => c == '\t' ? '\t' : ' '));
                output.WriteLine($"      | {gap}^");
            }
        }
        if (error.Fix is not null) output.WriteLine($"      = fix: {Printable.Of(error.Fix)}");
        output.WriteLine();
    }

    private static string Place(DocumentError error) => error switch
    {
        { Line: <= 0 } => "",
        { Column: <= 0 } => string.Create(CultureInfo.InvariantCulture, $":{error.Line}"),
        _ => string.Create(CultureInfo.InvariantCulture, $":{error.Line}:{error.Column}"),
    };
}
