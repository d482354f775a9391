namespace Wheelhouse.Server.Telemetry;

/// <summary>The file with headers for the receiver of traces: one <c>Name: value</c> a line. Messages never show a value.</summary>
internal static class OtlpHeaders
{
    /// <summary>What is wrong with the file; null when nothing is.</summary>
    public static string? FindProblem(string path)
    {
        try
        {
            var bad = Lines(path).FirstOrDefault(line => !IsGood(line.Text));
            return bad.Text is null ? null : $"Line {bad.Number} of {path} is not 'Name: value', or its value has a comma.";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    /// <summary>The headers as the exporter takes them: <c>name=value</c>, separated by commas, the values percent-encoded.</summary>
    public static string Read(string path) => string.Join(',', Lines(path).Select(line =>
    {
        var colon = line.Text.IndexOf(':', StringComparison.Ordinal);
        return $"{line.Text[..colon].Trim()}={Uri.EscapeDataString(line.Text[(colon + 1)..].Trim())}";
    }));

    private static IEnumerable<(int Number, string Text)> Lines(string path) =>
        File.ReadLines(path).Select((text, index) => (index + 1, text)).Where(line => !string.IsNullOrWhiteSpace(line.text));

    /// <summary>The exporter decodes before it splits, so that a comma cannot be part of a value.</summary>
    private static bool IsGood(string line) => line.IndexOf(':', StringComparison.Ordinal) > 0 && !line.Contains(',', StringComparison.Ordinal);
}
