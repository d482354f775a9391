using Wheelhouse.Python.Names;
using Wheelhouse.Python.Versions;
using Wheelhouse.Python.Wheels;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Index.Distributions;

namespace Wheelhouse.Server.Index.Uploads;

/// <summary>Holds the form, the file's name and the file's own metadata against one another. The file is the truth.</summary>
internal static class UploadChecker
{
    /// <summary>The largest file that is checked in memory, in bytes.</summary>
    private const int MaxInMemory = 1 << 20;

    /// <summary>Checks the form's fields, and returns its file.</summary>
    /// <exception cref="ApiException">They are incomplete, invalid or disagree.</exception>
    public static ReceivedFile CheckForm(UploadForm form)
    {
        if (form.Field(":action") is not "file_upload")
            throw UploadRefusals.BadForm("The field :action of the form must be file_upload.");
        if (form.Field("protocol_version") is not (null or "1"))
            throw UploadRefusals.BadForm("The field protocol_version of the form must be 1.");
        if (form.File is not { Size: > 0 } file)
            throw UploadRefusals.BadForm("The form lacks a file: the field content.");
        var fileType = file.Name is WheelFileName ? "bdist_wheel" : "sdist";
        if (form.Field("filetype") is { } sent && !string.Equals(sent, fileType, StringComparison.Ordinal))
            throw UploadRefusals.BadForm($"The field filetype is '{Shorten(sent)}', but {file.Name} is a {fileType}.");
        if (!ProjectName.TryParse(form.Field("name"), out var project) || !project.Equals(file.Name.Project))
            throw Disagrees(form, "name", file);
        if (!PythonVersion.TryParse(form.Field("version"), out var version) || version != file.Name.Version)
            throw Disagrees(form, "version", file);
        if (form.Field("sha256_digest") is { } digest && !string.Equals(digest, file.Sha256, StringComparison.OrdinalIgnoreCase))
            throw UploadRefusals.BadFile("The file's SHA-256 is not the one in the field sha256_digest: it was changed on its way.");
        return file;
    }

    /// <summary>Reads the received file and holds its metadata against its name.</summary>
    /// <exception cref="ApiException">It is not what its name says.</exception>
    public static async Task<DistributionContents> CheckFileAsync(ReceivedFile file, CancellationToken token)
    {
        var bytes = await OpenAsync(file, token);
        try
        {
            var contents = file.Name is WheelFileName
                ? await WheelReader.ReadAsync(bytes, file.Name, token)
                : await SdistReader.ReadAsync(bytes, file.Name, token);
            var (project, version) = (contents.Metadata.Name, contents.Metadata.Version);
            return project.Equals(file.Name.Project) && version == file.Name.Version ? contents : throw UploadRefusals.BadFile(
                $"The metadata in the file says {project} {version}, which does not agree with its name {file.Name}.");
        }
        catch (BadDistributionException e)
        {
            throw UploadRefusals.BadFile(e.Message);
        }
    }

    /// <summary>The received bytes from their beginning. Small files are read in one go: each read of an archive's many parts would be a turn of the thread pool.</summary>
    private static async Task<Stream> OpenAsync(ReceivedFile file, CancellationToken token)
    {
        var received = file.Incoming.Content;
        received.Position = 0;
        if (file.Size > MaxInMemory)
            return received;
        var bytes = new byte[file.Size];
        await received.ReadExactlyAsync(bytes, token);
        return new MemoryStream(bytes, writable: false);
    }

    private static ApiException Disagrees(UploadForm form, string field, ReceivedFile file) =>
        UploadRefusals.BadForm($"The field {field} '{Shorten(form.Field(field))}' does not agree with the file name {file.Name}.");

    private static string Shorten(string? text) => text is { Length: > 100 } ? text[..100] : text ?? "";
}
