using Wheelhouse.Server.Index;

namespace Wheelhouse.Server.Web.Packages;

/// <summary>Says what the statuses of projects mean (PEP 792).</summary>
internal static class ProjectStatusText
{
    /// <summary>In a few words. Pure.</summary>
    public static string MeaningOf(string status) => status switch
    {
        ProjectStatus.Archived => "no more uploads",
        ProjectStatus.Quarantined => "unsafe: no uploads, and nobody gets a file",
        ProjectStatus.Deprecated => "obsolete, use something else",
        _ => "as usual",
    };
}
