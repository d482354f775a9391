using Wheelhouse.Contracts.Index;

namespace Wheelhouse.Server.Web.Packages;

/// <summary>Says where the files of a project come from, and so whether somebody else could slip in others (dependency confusion).</summary>
internal static class ProjectOriginText
{
    /// <summary>In a sentence or two. Pure.</summary>
    public static string Of(ProjectOrigin origin) => origin.Kind switch
    {
        ProjectOrigins.Upstream => $"It comes from the upstream {origin.Upstream}. Here are the releases of which a file is kept; installers see the others too.",
        ProjectOrigins.Reserved => $"Nothing of it was uploaded yet. The name is reserved ({origin.Rule}), so no upstream is asked for it.",
        ProjectOrigins.Blocked => $"The name is on the blocklist ({origin.Rule}), so no upstream is asked for it.",
        _ => $"It was uploaded here, so no upstream is asked for it.{Shadowed(origin.Upstream)}{Reserved(origin.Rule)}",
    };

    private static string Shadowed(string? upstream) => upstream is null ? "" : $" The upstream {upstream} has, or had, a project of this name too; nobody gets files of that.";

    private static string Reserved(string? pattern) => pattern is null ? "" : $" The name is reserved ({pattern}).";
}
