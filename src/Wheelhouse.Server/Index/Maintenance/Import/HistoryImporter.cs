using Wheelhouse.Server.Access;
using Wheelhouse.Server.Index.Maintenance.Export;

namespace Wheelhouse.Server.Index.Maintenance.Import;

/// <summary>Takes over what another Wheelhouse index knows beside its files: names that are never free again, and projects with their statuses. What is stricter here stays.</summary>
internal sealed class HistoryImporter(IndexChanges changes, AuditLog audit)
{
    /// <summary>Takes over the names of deleted files. Do it before files are imported, so that none of these names is free for a moment.</summary>
    public async Task ImportDeletedAsync(IReadOnlyList<ManifestDeleted> deleted, string by, ImportReport report)
    {
        foreach (var line in deleted)
        {
            var result = await changes.WriteAsync(line.Project, context =>
            {
                if (context.Set<FileRow>().Any(file => file.FileName == line.Name)) return (bool?)null;
                if (NameLedger.IsSpent(context, line.Name)) return false;
                context.Add(new DeletedFileRow
                {
                    FileName = line.Name,
                    Project = line.Project,
                    Version = line.Version,
                    Sha256 = line.Sha256,
                    DeletedAt = line.DeletedAt,
                    DeletedBy = line.DeletedBy,
                    Reason = line.Reason,
                });
                audit.Record(context, by, "name.imported", line.Name, $"deleted elsewhere by {line.DeletedBy}");
                return true;
            });
            if (result is true) report.Deleted++;
            if (result is null) report.AddRefused(ImportRefusals.NameIsInUse(line.Name));
        }
    }

    /// <summary>Takes over how projects are spelt, since when they are there, and their statuses where they are active here. Do it after files are imported.</summary>
    public async Task ImportProjectsAsync(IReadOnlyList<ManifestProject> projects, string by, ImportReport report)
    {
        foreach (var line in projects.Where(line => ProjectStatus.All.Contains(line.Status)))
        {
            report.Statuses += await changes.WriteAsync(line.Name, context =>
            {
                var project = context.Set<ProjectRow>().FirstOrDefault(project => project.Name == line.Name);
                if (project is null) return 0;
                if (line.CreatedAt < project.CreatedAt) (project.CreatedAt, project.DisplayName) = (line.CreatedAt, line.DisplayName);
                if (project.Status != ProjectStatus.Active || line.Status == ProjectStatus.Active) return 0;
                (project.Status, project.StatusReason) = (line.Status, line.StatusReason);
                audit.Record(context, by, "project.status", project.Name, $"took over the status {line.Status}{(line.StatusReason is null ? "" : $": {line.StatusReason}")}");
                return 1;
            });
        }
    }
}
