using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Wheelhouse.Python;
using Wheelhouse.Python.Distributions;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Index.Uploads;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Maintenance.Import;

/// <summary>Takes one file into the index, by the same checks as an upload. Nothing remains of one that is refused.</summary>
internal sealed class FileImporter(
    IFileStore store, UploadChecker checker, Publisher publisher, IDbContextFactory<WheelhouseContext> contexts, IOptions<IndexOptions> options)
{
    /// <summary>Takes a file, unless it is there already.</summary>
    /// <param name="file">The file.</param>
    /// <param name="by">Who imports it.</param>
    /// <param name="report">Hears what became of it.</param>
    /// <param name="token">Ends the work.</param>
    public async Task ImportAsync(ImportFile file, string by, ImportReport report, CancellationToken token)
    {
        try
        {
            if (file.Size == 0) report.AddRefused(ImportRefusals.Empty(file.Path));
            else if (await IsThereAsync(file, token)) report.AddPresent();
            else if (await TakeAsync(file, by, token) is { } refused) report.AddRefused(refused);
            else report.AddImported(file.Size);
        }
        catch (ApiException refusal)
        {
            report.AddRefused(new(file.Path, refusal.Code, refusal.Message, refusal.Fix ?? ""));
        }
        catch (UnreadableFileException e)
        {
            report.AddRefused(ImportRefusals.Unreadable(file.Path, e.Message));
        }
    }

    private async Task<bool> IsThereAsync(ImportFile file, CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        var row = await context.Set<FileRow>().Where(row => row.FileName == file.Name).Select(row => new { row.Sha256, row.Size }).FirstOrDefaultAsync(token);
        if (row is null || row.Size != file.Size) return false;
        if (file.Sha256 is not null) return file.Sha256 == row.Sha256;
        await using var source = Open(file.Path);
        return (await HashedCopy.ReadAsync(source, to: null, progress: null, token)).Sha256 == row.Sha256;
    }

    /// <summary>Null when it was taken.</summary>
    private async Task<RefusedFile?> TakeAsync(ImportFile file, string by, CancellationToken token)
    {
        var name = ReadName(file.Name);
        checker.CheckName(name);
        if (file.Size > options.Value.MaxFileSize) throw UploadRefusals.TooLarge(options.Value.MaxFileMib);
        await using var source = Open(file.Path);
        var received = new ReceivedFile(name, await store.CreateAsync(token));
        await using var incoming = received.Incoming;
        (received.Sha256, received.Size) = await HashedCopy.ReadAsync(source, incoming.Content, progress: null, token);
        if (file.Sha256 is { } sha256 && sha256 != received.Sha256) return ImportRefusals.Damaged(file.Path, sha256, received.Sha256);
        if (file.HashBegins is { } begin && !received.Sha256.StartsWith(begin, StringComparison.Ordinal) && !(await Md5Async(received, token)).StartsWith(begin, StringComparison.Ordinal))
            return ImportRefusals.Damaged(file.Path, begin, received.Sha256);
        var contents = await checker.CheckFileAsync(form: null, received, token);
        await publisher.PublishAsync(received, contents, by, file.Build, token, new(file.UploadedAt, file.UploadedBy ?? by, file.Yanked));
        return null;
    }

    private static DistributionFileName ReadName(string name)
    {
        try
        {
            return DistributionFileName.Parse(name);
        }
        catch (PythonFormatException e)
        {
            throw UploadRefusals.BadFileName(e.Message);
        }
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableFileException(e.Message, e);
        }
    }

    /// <summary>Old versions of devpi-server file by MD5: of no worth against attackers, it finds what a disk changed.</summary>
    private static async Task<string> Md5Async(ReceivedFile file, CancellationToken token)
    {
#pragma warning disable CA5351
        return Convert.ToHexStringLower(await MD5.HashDataAsync(file.Open(), token));
#pragma warning restore CA5351
    }
}
