using System.Globalization;
using Wheelhouse.Python.Distributions;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Maintenance.Import;

/// <summary>
/// Takes another index into this one. Each file is there whole or not at all, and what is there is not taken again, so an import that was stopped or killed goes on
/// when it is started again.
/// </summary>
internal sealed class IndexImporter(IFileStore store, FileImporter files, HistoryImporter history, DatabaseWriter writer, AuditLog audit)
{
    /// <summary>Imports all that is in a source, while no server runs.</summary>
    /// <param name="source">The source.</param>
    /// <param name="by">Who imports, for the audit log; also the uploader of files whose uploader is not known.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="token">Ends the work; what was imported remains.</param>
    public async Task<ImportReport> ImportAsync(ImportSource source, string by, WorkProgress progress, CancellationToken token)
    {
        progress.Expect(source.Files.Count, source.Files.Sum(file => file.Size));
        var report = new ImportReport();
        await store.RemoveUnkeptAsync(token); // What a killed import was about to take
        await history.ImportDeletedAsync(source.Deleted, by, report);
        // The files of a project one after the other, the oldest first: which of two contradictory ones is taken does not depend on chance.
        var projects = source.Files.GroupBy(ProjectOf, StringComparer.Ordinal);
        await Parallel.ForEachAsync(projects, Workers.Writing(token), async (project, stop) =>
        {
            foreach (var file in project.OrderBy(file => file.UploadedAt).ThenBy(file => file.Path, StringComparer.Ordinal))
            {
                stop.ThrowIfCancellationRequested();
                await files.ImportAsync(file, by, report, stop);
                progress.AddBytes(file.Size);
                progress.AddFile();
            }
        });
        await history.ImportProjectsAsync(source.Projects, by, report);
        var counts = string.Create(CultureInfo.InvariantCulture, $"{report.Imported} files imported, {report.Present} there already, {report.Refused.Count} refused");
        await writer.WriteAsync(context => audit.Record(context, by, "index.imported", source.Description, counts), CancellationToken.None);
        return report;
    }

    private static string ProjectOf(ImportFile file) => DistributionFileName.TryParse(file.Name, out var name) ? name.Project.Normalized : "";
}
