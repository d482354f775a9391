namespace Wheelhouse.Contracts.Index;

/// <summary>Asks to yank files: <c>PUT /api/projects/{name}/releases/{version}/yank</c> and <c>…/files/{file}/yank</c>.</summary>
/// <param name="Reason">Why, in one line; installers show it. Null when that is not said.</param>
public sealed record YankRequest(string? Reason);

/// <summary>Asks for another status of a project: <c>PUT /api/projects/{name}/status</c>.</summary>
/// <param name="Status"><c>active</c>, <c>archived</c>, <c>quarantined</c> or <c>deprecated</c> (PEP 792).</param>
/// <param name="Reason">Why, in one line; null when that is not said.</param>
public sealed record StatusRequest(string Status, string? Reason);

/// <summary>What was deleted. These names are never free again.</summary>
/// <param name="Files">The names of the files.</param>
public sealed record DeletedFiles(IReadOnlyList<string> Files);
