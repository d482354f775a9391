using Wheelhouse.Python.Versions;

namespace Wheelhouse.Server.Builds.Versions;

/// <summary>Reads versions out of tags.</summary>
internal static class TagVersion
{
    /// <summary>The version that a tag stands for: <c>1.2.3</c> of <c>v1.2.3</c>, <c>V1.2.3</c> and <c>1.2.3</c>; null when it is none, or has a local part.</summary>
    public static PythonVersion? Find(string tag) =>
        PythonVersion.TryParse(tag, out var version) && version.Local is null ? version : null;
}
