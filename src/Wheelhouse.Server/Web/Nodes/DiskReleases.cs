using Wheelhouse.Python.Versions;

namespace Wheelhouse.Server.Web.Nodes;

/// <summary>Says which releases lie on a node's disk. Pure.</summary>
internal static class DiskReleases
{
    /// <summary>The versions of releases, the newest first, each once.</summary>
    /// <param name="ids">The releases' ids: version, dash, beginning of the lock's hash.</param>
    public static IReadOnlyList<string> Versions(IEnumerable<string> ids) =>
        [.. ids.Select(VersionOf).Distinct(StringComparer.Ordinal).OrderByDescending(Parse).ThenByDescending(version => version, StringComparer.Ordinal)];

    private static string VersionOf(string id) => id.LastIndexOf('-') is > 0 and var dash ? id[..dash] : id;

    private static PythonVersion? Parse(string version) => PythonVersion.TryParse(version, out var parsed) ? parsed : null;
}
