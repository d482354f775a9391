using Wheelhouse.Contracts.Index;
using Wheelhouse.Python.Versions;

namespace Wheelhouse.Server.Web.Services;

/// <summary>What pages ask of a release.</summary>
internal static class ReleaseViewExtensions
{
    /// <summary>Whether it is neither a pre-release nor a development release (PEP 440).</summary>
    public static bool IsFinal(this ReleaseView release) => PythonVersion.TryParse(release.Version, out var version) && !version.IsPrerelease;
}
