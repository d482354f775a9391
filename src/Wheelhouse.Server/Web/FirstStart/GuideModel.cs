namespace Wheelhouse.Server.Web.FirstStart;

/// <summary>How far the first steps are.</summary>
/// <param name="Projects">The names of the projects on the index.</param>
/// <param name="Service">The first service; null when there is none.</param>
/// <param name="Environment">Its first environment.</param>
public sealed record GuideModel(IReadOnlyList<string> Projects, string? Service, string? Environment);
