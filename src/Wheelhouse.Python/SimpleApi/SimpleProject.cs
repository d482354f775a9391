namespace Wheelhouse.Python.SimpleApi;

/// <summary>A project's page of the simple API.</summary>
/// <param name="Name">The normalised name.</param>
/// <param name="Versions">Every version, also of files that are gone (PEP 700).</param>
/// <param name="Files">Its files.</param>
public sealed record SimpleProject(string Name, IReadOnlyList<string> Versions, IReadOnlyList<SimpleFile> Files);

/// <summary>The page of all projects.</summary>
/// <param name="Names">The names, normalised or as the projects spell them.</param>
public sealed record SimpleProjectList(IReadOnlyList<string> Names);
