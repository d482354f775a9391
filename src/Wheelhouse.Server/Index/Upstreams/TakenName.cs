using Wheelhouse.Server.Access;
using Wheelhouse.Server.Index.Upstreams.Pages;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Upstreams;

/// <summary>Notes that the first upload of a project takes a name that an upstream has: from now on something else is installed under it.</summary>
internal static class TakenName
{
    /// <summary>Notes it in the audit log, if so, inside the change that makes the project. No upstream is asked: that would tell it names of ours.</summary>
    public static void Record(WheelhouseContext context, AuditLog audit, string project, string by)
    {
        if (context.Find<UpstreamPageRow>(project) is { } page)
            audit.Record(context, by, "project.taken", project, $"the upstream {page.Upstream} has it too, and is not asked for it any more");
    }
}
