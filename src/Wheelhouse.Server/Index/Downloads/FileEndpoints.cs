using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Python;
using Wheelhouse.Python.Distributions;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Index.Distributions;
using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Index.Ready;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Downloads;

/// <summary>The files of the index and their metadata (PEP 658): <c>/files/{sha256}/{name}</c> and the same with <c>.metadata</c> added.</summary>
internal static class FileEndpoints
{
    private const string MetadataSuffix = ".metadata";

    public static void MapFiles(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/files/{sha256:length(64)}/{fileName}", [HttpMethods.Get, HttpMethods.Head], SendAsync)
            .RequireAuthorization(Policies.ReadIndex).WithTags("Index").ExcludeFromDescription();

    private static async Task SendAsync(
        string sha256, string fileName, HttpContext http, IDbContextFactory<WheelhouseContext> contexts, IFileStore store, StoredMetadata metadata,
        IndexGenerations generations, ReadyCache cache, CancellationToken token)
    {
        var wantsMetadata = fileName.EndsWith(MetadataSuffix, StringComparison.Ordinal);
        var name = wantsMetadata ? fileName[..^MetadataSuffix.Length] : fileName;
        if (ProjectOf(name) is not { } project) throw NotFound(fileName);
        var generation = generations.Of(project);
        await using var context = await contexts.CreateDbContextAsync(token);
        var found = await context.Set<FileRow>().Where(f => f.FileName == name && f.Sha256 == sha256)
            .Select(f => new { f.MetadataSha256, f.UploadedAt, f.Project!.Status, f.Project.StatusReason }).FirstOrDefaultAsync(token);
        if (found?.Status is ProjectStatus.Quarantined) throw Quarantined(project, found.StatusReason);
        IReadyAnswer? file = (found, wantsMetadata) switch
        {
            ({ MetadataSha256: { } hash }, true) => ServedBytes.Of(await metadata.FindAsync(sha256, name, token), hash, found.UploadedAt),
            ({ }, false) => await ServedFile.FindAsync(store, sha256, found.UploadedAt, token),
            _ => null,
        };
        if (file is null) throw NotFound(fileName);
        cache.Keep(ReadyAnswers.KeyOfFile(sha256, fileName), file, generation);
        await file.WriteAsync(http);
    }

    /// <summary>The normalised name of the project that a file belongs to; null when it is no name of a file on an index.</summary>
    private static string? ProjectOf(string fileName)
    {
        try
        {
            return DistributionFileName.Parse(fileName).Project.Normalized;
        }
        catch (PythonFormatException)
        {
            return null;
        }
    }

    private static ApiException NotFound(string fileName) =>
        new(StatusCodes.Status404NotFound, ProblemCodes.NotFound, $"There is no file '{fileName}' with this hash on this index.");

    private static ApiException Quarantined(string project, string? reason) => new(
        StatusCodes.Status403Forbidden, "quarantined", $"The project {project} is quarantined{(reason is null ? "" : $": {reason}")}.",
        "Do not use it; who administers the index can say more.");
}
