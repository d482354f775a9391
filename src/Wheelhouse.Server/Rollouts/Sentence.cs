namespace Wheelhouse.Server.Rollouts;

/// <summary>Puts sentences after one another: what a node says has no full stop.</summary>
internal static class Sentence
{
    /// <summary>The text with a full stop, unless it has one.</summary>
    public static string End(string? text) => string.IsNullOrEmpty(text) || text[^1] is '.' or '!' or '?' ? text ?? "" : text + ".";
}
