using System.Text.Json;
using Wheelhouse.Server.Builds.Projects;

namespace Wheelhouse.Server.Builds.Triggers;

/// <summary>Reads what the payloads of pushes have in common: <c>ref</c> and <c>after</c>.</summary>
internal static class PushPayload
{
    private const int LongestRef = 250;

    /// <summary>Reads a push.</summary>
    /// <param name="body">The payload.</param>
    /// <param name="by">Who pushed.</param>
    /// <param name="commits">What the payload may name as the commit: the first that is there counts, and zeros say that the reference was deleted.</param>
    public static HookMessage Read(JsonElement body, string? by, params string?[] commits)
    {
        var name = Text(body, "ref");
        if (name is null || name.Length > LongestRef || name.Any(char.IsControl)) return HookMessage.Ignored("the payload names no reference");
        if (!name.StartsWith(RefPatterns.BranchPrefix, StringComparison.Ordinal) && !name.StartsWith(RefPatterns.TagPrefix, StringComparison.Ordinal))
            return HookMessage.Ignored("the reference is neither a branch nor a tag");
        if (body.TryGetProperty("deleted", out var deleted) && deleted.ValueKind == JsonValueKind.True) return Gone(name);
        var commit = commits.FirstOrDefault(text => text is not null)?.ToLowerInvariant();
        if (commit is not null && IsZero(commit)) return Gone(name);
        return commit is not null && IsHash(commit) ? new HookMessage(new HookPush(name, commit, by), Reason: null) : HookMessage.Ignored("the payload names no commit");
    }

    /// <summary>A text of a payload; null when there is none.</summary>
    public static string? Text(JsonElement body, params string[] path)
    {
        foreach (var key in path)
        {
            if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty(key, out body)) return null;
        }

        return body.ValueKind == JsonValueKind.String ? body.GetString() : null;
    }

    private static HookMessage Gone(string name) => HookMessage.Ignored($"{RefPatterns.Short(name)} was deleted");

    private static bool IsHash(string text) => text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigit);

    private static bool IsZero(string text) => text.Length > 0 && text.All(c => c == '0');
}
