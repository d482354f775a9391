using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Index.Uploads;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Downloads;

/// <summary>The files of the index and their metadata (PEP 658): <c>/files/{sha256}/{name}</c> and the same with <c>.metadata</c> added.</summary>
internal static class FileEndpoints
{
    private const string MetadataSuffix = ".metadata";

    public static void MapFiles(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/files/{sha256:length(64)}/{fileName}", [HttpMethods.Get, HttpMethods.Head], SendAsync)
            .RequireAuthorization(Policies.ReadIndex).WithTags("Index").ExcludeFromDescription();

    private static async Task<IResult> SendAsync(
        string sha256, string fileName, HttpContext http, IDbContextFactory<WheelhouseContext> contexts, IFileStore store, CancellationToken token)
    {
        var wantsMetadata = fileName.EndsWith(MetadataSuffix, StringComparison.Ordinal);
        var name = wantsMetadata ? fileName[..^MetadataSuffix.Length] : fileName;
        await using var context = await contexts.CreateDbContextAsync(token);
        var file = await context.Set<FileRow>().AsNoTracking().FirstOrDefaultAsync(f => f.FileName == name && f.Sha256 == sha256, token);
        var hash = wantsMetadata ? file?.MetadataSha256 : file?.Sha256;
        var content = hash is null ? null : await store.OpenAsync(wantsMetadata ? Publisher.MetadataNameOf(sha256) : sha256, token);
        if (content is null)
            throw new ApiException(StatusCodes.Status404NotFound, ProblemCodes.NotFound, $"There is no file '{fileName}' with this hash on this index.");
        http.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Stream(
            content, "application/octet-stream", lastModified: file!.UploadedAt, entityTag: new EntityTagHeaderValue($"\"{hash}\""), enableRangeProcessing: true);
    }
}
