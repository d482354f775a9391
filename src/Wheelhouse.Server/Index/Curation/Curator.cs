using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Index;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Curation;

/// <summary>Takes back what is on the index: yanks files, and sets the status of projects. Each change that changes something is audited and told.</summary>
internal sealed class Curator(IndexChanges changes, EventLog events, AuditLog audit)
{
    /// <summary>The longest reason, in characters.</summary>
    public const int LongestReason = 500;

    /// <summary>Yanks files (PEP 592): installers take them only when they are asked for by their exact version.</summary>
    /// <param name="selection">Which.</param>
    /// <param name="reason">Why; null when that is not said.</param>
    /// <param name="by">Who.</param>
    public Task YankAsync(FileSelection selection, string? reason, string by) =>
        SetYankedAsync(selection, Checked(reason) ?? "", by, EventTypes.FilesYanked, "yanked");

    /// <summary>Takes yanking back.</summary>
    public Task UnyankAsync(FileSelection selection, string by) => SetYankedAsync(selection, yanked: null, by, EventTypes.FilesUnyanked, "unyanked");

    /// <summary>Sets the status of a project (PEP 792).</summary>
    /// <exception cref="ApiException">400: there is no such status. 404: there is no such project.</exception>
    public Task SetStatusAsync(FileSelection project, StatusRequest request, string by)
    {
        var reason = Checked(request.Reason);
        if (!ProjectStatus.All.Contains(request.Status, StringComparer.Ordinal))
            throw new ApiException(400, ProblemCodes.InvalidRequest, $"status is '{request.Status}'.", $"Give one of {string.Join(", ", ProjectStatus.All)}.");
        return changes.WriteAsync(project.Project, context =>
        {
            var row = project.Find(context)[0].Project!;
            if (row.Status == request.Status && row.StatusReason == reason) return false;
            (row.Status, row.StatusReason) = (request.Status, reason);
            Record(context, EventTypes.ProjectStatus, "project.status", project, by, $"set the status of {project} to {request.Status}", reason);
            return true;
        });
    }

    private Task SetYankedAsync(FileSelection selection, string? yanked, string by, string type, string verb) =>
        changes.WriteAsync(selection.Project, context =>
        {
            var files = selection.Find(context).Where(file => file.Yanked != yanked).ToList();
            files.ForEach(file => file.Yanked = yanked);
            if (files.Count > 0) Record(context, type, $"file.{verb}", selection, by, $"{verb} {selection}", yanked is { Length: > 0 } ? yanked : null);
            return files.Count;
        });

    private void Record(WheelhouseContext context, string type, string action, FileSelection selection, string by, string what, string? reason)
    {
        events.Record(context, new(type, $"{by} {what}{(reason is null ? "" : $": {reason}")}")
        {
            Data = new { project = selection.Project, version = selection.Version, file = selection.FileName, reason, by },
        });
        audit.Record(context, by, action, selection.ToString(), action == "project.status" ? $"{what}{(reason is null ? "" : $": {reason}")}" : reason);
    }

    /// <summary>A reason goes into pages, headers of pages and the log: it is one line.</summary>
    internal static string? Checked(string? reason) => reason?.Trim() switch
    {
        null or "" => null,
        { Length: > LongestReason } => throw new ApiException(400, ProblemCodes.InvalidRequest, $"reason is longer than {LongestReason} characters.", "Shorten it."),
        var text when text.Any(char.IsControl) => throw new ApiException(400, ProblemCodes.InvalidRequest, "reason has a line break or another control character.", "Write one line."),
        var text => text,
    };
}
