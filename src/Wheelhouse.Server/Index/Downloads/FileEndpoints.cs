using Wheelhouse.Contracts.Errors;
using Wheelhouse.Python.Distributions;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Index.Ready;

namespace Wheelhouse.Server.Index.Downloads;

/// <summary>The files of the index and their metadata (PEP 658): <c>/files/{sha256}/{name}</c> and the same with <c>.metadata</c> added.</summary>
internal static class FileEndpoints
{
    private const string MetadataSuffix = ".metadata";

    public static void MapFiles(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/files/{sha256:length(64)}/{fileName}", [HttpMethods.Get, HttpMethods.Head], SendAsync)
            .RequireAuthorization(Policies.ReadIndex).WithTags("Index").ExcludeFromDescription();

    private static async Task SendAsync(
        string sha256, string fileName, HttpContext http, FileFinder finder, IndexGenerations generations, ReadyCache cache, CancellationToken token)
    {
        var wantsMetadata = fileName.EndsWith(MetadataSuffix, StringComparison.Ordinal);
        var name = wantsMetadata ? fileName[..^MetadataSuffix.Length] : fileName;
        if (!DistributionFileName.TryParse(name, out var parsed)) throw NotFound(fileName);
        var project = parsed.Project.Normalized;
        var generation = generations.Of(project);
        var file = wantsMetadata ? await finder.FindMetadataAsync(project, sha256, name, token) : await finder.FindAsync(project, sha256, name, token);
        if (file is null) throw NotFound(fileName);
        if (file is not ArrivingFile) cache.Keep(ReadyAnswers.KeyOfFile(sha256, fileName), file, generation);
        await file.WriteAsync(http);
    }

    private static ApiException NotFound(string fileName) =>
        new(StatusCodes.Status404NotFound, ProblemCodes.NotFound, $"There is no file '{fileName}' with this hash on this index.");
}
