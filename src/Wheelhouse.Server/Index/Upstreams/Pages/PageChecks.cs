using System.Collections.Concurrent;

namespace Wheelhouse.Server.Index.Upstreams.Pages;

/// <summary>Remembers until when projects need not be asked for again. A server that was just started asks for each once.</summary>
internal sealed class PageChecks(TimeProvider time)
{
    /// <summary>Whoever asks for names that do not exist must not fill the memory.</summary>
    private const int Most = 50_000;

    private readonly ConcurrentDictionary<string, PageCheck> _checks = new(StringComparer.Ordinal);

    /// <summary>What is known of a project; null when it must be asked for.</summary>
    public PageCheck? Find(string project) => _checks.TryGetValue(project, out var check) && time.GetUtcNow() < check.Until ? check : null;

    /// <summary>Remembers that a project was asked for.</summary>
    public DateTimeOffset Remember(string project, TimeSpan lasts, bool isMissing)
    {
        if (_checks.Count >= Most) _checks.Clear();
        var until = time.GetUtcNow() + lasts;
        _checks[project] = new(until, isMissing);
        return until;
    }
}

/// <summary>What is known of a project.</summary>
/// <param name="Until">Until when.</param>
/// <param name="IsMissing">Whether no upstream has it.</param>
internal sealed record PageCheck(DateTimeOffset Until, bool IsMissing);
