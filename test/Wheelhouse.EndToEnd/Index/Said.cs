namespace Wheelhouse.EndToEnd.Index;

/// <summary>Judges what a program said and how it ended.</summary>
internal static class Said
{
    public static void That(Finished finished, int code, params string[] words)
    {
        var text = finished.Output + finished.Errors;
        Assert.True(finished.ExitCode == code, $"{finished.ExitCode}: {text}");
        Assert.All(words, word => Assert.Contains(word, text, StringComparison.Ordinal));
    }
}
