using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Hosting.Settings;

namespace Wheelhouse.Server.Index.Upstreams.Settings;

/// <summary>Settings of all upstreams.</summary>
[Settings("index")]
public sealed class UpstreamsOptions : IValidatableObject
{
    /// <summary>The first one that has a project gives all of its files. Default: none, and nothing is asked anywhere.</summary>
    [Description("Other indexes whose projects are given out here too, in order: a list of name, url, include, exclude, credentials_file, credentials_variable, cooldown_days, timeout, file_timeout.")]
    public IReadOnlyList<UpstreamOptions> Upstreams { get; set; } = [];

    /// <summary>Names that are never looked up upstream, whether they exist here or not. Default: none.</summary>
    [Description("Patterns of project names, such as acme-*, that are never looked up upstream, whether they exist here or not.")]
    public string[] Reserved { get; set; } = [];

    /// <summary>What is neither fetched from an upstream nor given out of what was. Default: nothing.</summary>
    [Description("Projects (evil, evil-*) and releases (requests==2.5.0) that are neither fetched from an upstream nor given out of what was kept of it.")]
    public string[] Blocklist { get; set; } = [];

    /// <summary>Default false.</summary>
    [Description("Ask no upstream: only what was kept of them is given out.")]
    public bool Offline { get; set; }

    /// <summary>Default 10 minutes: a release appears here that much later at most.</summary>
    [Description("How long a project's page from an upstream is given out before the upstream is asked again.")]
    public TimeSpan FreshFor { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Default 1 minute.</summary>
    [Description("How long no upstream is asked again for a project that none had.")]
    public TimeSpan MissingFor { get; set; } = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var twice in Upstreams.GroupBy(upstream => upstream.Name, StringComparer.Ordinal).Where(group => group.Count() > 1))
            yield return new SettingError(nameof(Upstreams), $"Two upstreams are called '{twice.Key}'.", "Give each a name of its own.");
        foreach (var text in Reserved.Where(text => !NamePattern.TryParse(text, out _)))
            yield return new SettingError(nameof(Reserved), $"'{text}' is not a pattern of project names.", "Write acme-*, for example.");
        foreach (var text in Blocklist.Where(text => !BlockRule.TryParse(text, out _)))
            yield return new SettingError(nameof(Blocklist), $"'{text}' is neither a pattern of project names nor NAME==VERSION.", "Write evil or requests==2.5.0, for example.");
        if (FreshFor <= TimeSpan.Zero) yield return new SettingError(nameof(FreshFor), "This must be longer than 0s.", "Write 10m, for example.");
        if (MissingFor <= TimeSpan.Zero) yield return new SettingError(nameof(MissingFor), "This must be longer than 0s.", "Write 1m, for example.");
    }
}
