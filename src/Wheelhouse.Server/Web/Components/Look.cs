namespace Wheelhouse.Server.Web.Components;

/// <summary>How a state looks, the same on every page: a tone (colour), a sign and a word, so that none of them is needed alone.</summary>
/// <param name="Tone">The class of the colour; see docs/reference/design-system.md.</param>
/// <param name="Sign">One character.</param>
/// <param name="Word">What it is called.</param>
public sealed record Look(string Tone, string Sign, string Word)
{
    private static readonly Look Waiting = new("quiet", "○", "waiting");

    /// <summary>How a rollout's state looks.</summary>
    public static Look OfRollout(string state) => state switch
    {
        "queued" => new("quiet", "…", "queued"),
        "running" => new("busy", "▶", "running"),
        "paused" => new("warn", "‖", "paused"),
        "planned" => new("quiet", "◇", "planned"),
        "succeeded" => new("good", "✓", "succeeded"),
        "reverted" => new("back", "↩", "reverted"),
        "failed" => new("bad", "✕", "failed"),
        "cancelled" => new("quiet", "■", "cancelled"),
        _ => new("quiet", "?", state),
    };

    /// <summary>How a build's state looks.</summary>
    public static Look OfBuild(string state) => state switch
    {
        "superseded" => new("quiet", "⇥", "superseded"),
        "skipped" => new("quiet", "–", "skipped"),
        _ => OfRollout(state),
    };

    /// <summary>How it looks that a rollout was not begun.</summary>
    public static Look Refused { get; } = new("warn", "⊘", "refused");

    /// <summary>How a node's state looks, in a rollout or as last known.</summary>
    public static Look OfNode(string state) => state switch
    {
        "pending" => Waiting,
        "staging" => new("busy", "↓", "staging"),
        "staged" => new("busy", "◐", "staged"),
        "activating" => new("busy", "▶", "activating"),
        "proving" => new("busy", "◕", "proving"),
        "good" => new("good", "✓", "good"),
        "unproven" => new("warn", "~", "unproven"),
        "failed" => new("bad", "✕", "failed"),
        "reverting" => new("back", "↩", "reverting"),
        "reverted" => new("back", "↩", "reverted"),
        "drifted" => new("warn", "≠", "drifted"),
        "new" => new("quiet", "+", "new"),
        "gone" => new("quiet", "∅", "gone"),
        "unchanged" => new("quiet", "=", "unchanged"),
        _ => new("quiet", "?", "unknown"),
    };

    /// <summary>How a hold looks; it is meant, so there is nothing to warn of.</summary>
    public static Look OfHold(string kind) => new("quiet", "⊘", kind == "freeze" ? "frozen" : "held");

    /// <summary>How a release looks that is not to be installed any more, or one of its files.</summary>
    public static Look Yanked { get; } = new("warn", "⊘", "yanked");

    /// <summary>How a project's status looks.</summary>
    public static Look OfProject(string status) => status switch
    {
        "active" => new("good", "✓", "active"),
        "deprecated" => new("warn", "!", "deprecated"),
        "archived" => new("quiet", "■", "archived"),
        "quarantined" => new("bad", "✕", "quarantined"),
        _ => new("quiet", "?", status),
    };

    /// <summary>How a finding of the doctor looks.</summary>
    public static Look OfFinding(string status) => status switch
    {
        "ok" => new("good", "✓", "ok"),
        "warning" => new("warn", "!", "warning"),
        "failed" => new("bad", "✕", "failed"),
        "skipped" => new("quiet", "–", "skipped"),
        _ => new("quiet", "?", status),
    };

    /// <summary>How far a host key is trusted.</summary>
    public static Look OfHostKey(string status) => status switch
    {
        "trusted" => new("good", "✓", "trusted"),
        "new" => new("warn", "○", "not trusted yet"),
        "changed" => new("bad", "≠", "changed"),
        _ => new("quiet", "?", "not read"),
    };
}
