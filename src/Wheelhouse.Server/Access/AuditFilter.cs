namespace Wheelhouse.Server.Access;

/// <summary>Which changes somebody wants to see; a null member does not restrict.</summary>
/// <param name="By">Who made them: exactly this name.</param>
/// <param name="Action">What was done: exactly this, such as <c>service.applied</c>.</param>
/// <param name="Text">A part of what it was done on or of its detail; upper and lower case count as the same.</param>
public sealed record AuditFilter(string? By = null, string? Action = null, string? Text = null);

/// <summary>What the audit log can be filtered by.</summary>
/// <param name="People">Everybody who changed something, by name.</param>
/// <param name="Actions">Everything that was done at least once, by name.</param>
public sealed record AuditChoices(IReadOnlyList<string> People, IReadOnlyList<string> Actions);
