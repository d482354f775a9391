using System.Text.Json.Nodes;

namespace Wheelhouse.Server.HealthChecks;

/// <summary>
/// A kind of health check: the contract. A check runs on the node, so a kind only says, purely, what the node has to do; how often,
/// how long and how many good answers in a row are the same for every kind and added by the caller. It handles no failure:
/// a bad answer is the node's to report.
/// </summary>
public interface IHealthCheck
{
    /// <summary>The key in a check of a service document, such as <c>http</c>; lower-case letters, digits and dashes, unique.</summary>
    string Name { get; }

    /// <summary>
    /// The type of its options: a class with a parameterless constructor whose properties are the keys in the document (snake case).
    /// They may stand beside the kind's key: <c>{ http: URL, expect: … }</c>. See <see cref="Documents.OptionsBinder"/>.
    /// </summary>
    Type OptionsType { get; }

    /// <summary>The CHECK of the node protocol (its <c>kind</c> and what that kind takes) for one release.</summary>
    /// <param name="options">An instance of <see cref="OptionsType"/>.</param>
    /// <param name="values">Fills in placeholders.</param>
    JsonObject ToNodeCheck(object options, CheckValues values);

    /// <summary>Whether a good answer says that the expected version runs, which makes the check evidence for it.</summary>
    /// <param name="options">An instance of <see cref="OptionsType"/>.</param>
    bool SaysVersion(object options) => false;
}

/// <summary>What the placeholders in a check's options stand for.</summary>
/// <param name="Version">The version that is expected: <c>{version}</c>.</param>
/// <param name="Root">The service's directory on the node: <c>{root}</c>.</param>
public sealed record CheckValues(string Version, string Root)
{
    /// <summary>The placeholder for the expected version.</summary>
    public const string VersionPlaceholder = "{version}";

    /// <summary>Replaces the placeholders; null stays null.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    public string? Fill(string? text) => text?
        .Replace(VersionPlaceholder, Version, StringComparison.Ordinal)
        .Replace("{root}", Root, StringComparison.Ordinal);
}
