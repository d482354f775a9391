using Microsoft.Extensions.Options;
using Wheelhouse.Python.Versions;
using Wheelhouse.Server.Index.Upstreams.Asking;
using Wheelhouse.Server.Index.Upstreams.Settings;

namespace Wheelhouse.Server.Index.Upstreams;

/// <summary>What the settings say about names: which are looked up where, and which nowhere. All names are normalised ones.</summary>
internal sealed class UpstreamPolicy : IDisposable
{
    private readonly UpstreamsOptions _options;
    private readonly IReadOnlyList<NamePattern> _reserved;
    private readonly IReadOnlyList<BlockRule> _blocked;

    public UpstreamPolicy(IOptions<UpstreamsOptions> options, TimeProvider time)
    {
        _options = options.Value;
        Upstreams = [.. options.Value.Upstreams.Select(upstream => new Upstream(upstream, time))];
        _reserved = NamePattern.ReadAll(options.Value.Reserved);
        _blocked = [.. options.Value.Blocklist.Select(text => BlockRule.TryParse(text, out var rule) ? rule : throw new FormatException($"'{text}' is no rule."))];
    }

    /// <summary>All of them, in order.</summary>
    public IReadOnlyList<Upstream> Upstreams { get; }

    /// <summary>Whether none is asked.</summary>
    public bool IsOffline => _options.Offline;

    /// <summary>The pattern that keeps a project from being looked up; null when none does.</summary>
    public string? FindReservation(string project) => _reserved.FirstOrDefault(pattern => pattern.Matches(project))?.Text;

    /// <summary>The rule that blocks a whole project; null when none does.</summary>
    public string? FindBlock(string project) => _blocked.FirstOrDefault(rule => rule.Blocks(project))?.Text;

    /// <summary>The rule that blocks a release; null when none does.</summary>
    public string? FindBlock(string project, string version) =>
        _blocked.Count > 0 && PythonVersion.TryParse(version, out var parsed) ? _blocked.FirstOrDefault(rule => rule.Blocks(project, parsed))?.Text : null;

    /// <summary>The upstreams that are asked for a project, in order; none when it is reserved or blocked.</summary>
    public IEnumerable<Upstream> For(string project) =>
        FindReservation(project) is null && FindBlock(project) is null ? Upstreams.Where(upstream => upstream.Serves(project)) : [];

    /// <summary>How long files of an upstream are hidden after their upload.</summary>
    public TimeSpan CooldownOf(string upstream) =>
        Upstreams.FirstOrDefault(known => string.Equals(known.Name, upstream, StringComparison.Ordinal))?.Options.Cooldown ?? TimeSpan.Zero;

    public void Dispose()
    {
        foreach (var upstream in Upstreams) upstream.Dispose();
    }
}
