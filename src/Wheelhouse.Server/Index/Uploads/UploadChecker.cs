using Wheelhouse.Python;
using Wheelhouse.Python.Distributions;
using Wheelhouse.Python.Names;
using Wheelhouse.Python.Versions;
using Wheelhouse.Python.Wheels;
using Wheelhouse.Server.Index.Distributions;

namespace Wheelhouse.Server.Index.Uploads;

/// <summary>Holds the form, the file's name and the file's own metadata against one another. The file is the truth.</summary>
internal static class UploadChecker
{
    /// <summary>The project that a form and its file name are about.</summary>
    /// <exception cref="UploadRefusedException">They are incomplete, invalid or disagree.</exception>
    public static DistributionFileName CheckForm(UploadForm form)
    {
        if (form.Field(":action") is not "file_upload")
            throw UploadRefusedException.BadForm("The field :action must be file_upload.");
        if (form.Field("protocol_version") is not (null or "1"))
            throw UploadRefusedException.BadForm("The field protocol_version must be 1.");
        if (form.File is null || form.Size == 0)
            throw UploadRefusedException.BadForm("The form lacks a file: the field content.");
        var name = ReadFileName(form.FileName!);
        var fileType = name is WheelFileName ? "bdist_wheel" : "sdist";
        if (form.Field("filetype") is { } sent && !string.Equals(sent, fileType, StringComparison.Ordinal))
            throw UploadRefusedException.BadForm($"The field filetype is '{Shorten(sent)}', but {name.Text} is a {fileType}.");
        if (form.Field("name") is not { } project || !ProjectName.TryParse(project, out var parsedProject) || !parsedProject.Equals(name.Project))
            throw UploadRefusedException.BadForm($"The field name '{Shorten(form.Field("name"))}' does not agree with the file name {name.Text}.");
        if (form.Field("version") is not { } version || !PythonVersion.TryParse(version, out var parsedVersion) || parsedVersion != name.Version)
            throw UploadRefusedException.BadForm($"The field version '{Shorten(form.Field("version"))}' does not agree with the file name {name.Text}.");
        if (form.Field("sha256_digest") is { } digest && !string.Equals(digest, form.Sha256, StringComparison.OrdinalIgnoreCase))
            throw UploadRefusedException.BadFile("The file's SHA-256 is not the one in the field sha256_digest: it was changed on its way.");
        return name;
    }

    /// <summary>Reads the received file and holds its metadata against its name.</summary>
    /// <exception cref="UploadRefusedException">It is not what its name says.</exception>
    public static async Task<DistributionContents> CheckFileAsync(UploadForm form, DistributionFileName name, CancellationToken token)
    {
        var file = form.File!.Content;
        file.Position = 0;
        try
        {
            var contents = name is WheelFileName ? await WheelReader.ReadAsync(file, name, token) : await SdistReader.ReadAsync(file, name, token);
            var (project, version) = (contents.Metadata.Name, contents.Metadata.Version);
            if (!project.Equals(name.Project) || version != name.Version)
                throw UploadRefusedException.BadFile($"The metadata in the file says {project.Text} {version}, which does not agree with its name {name.Text}.");
            return contents;
        }
        catch (BadDistributionException e)
        {
            throw UploadRefusedException.BadFile(e.Message);
        }
    }

    private static DistributionFileName ReadFileName(string fileName)
    {
        try
        {
            return DistributionFileName.Parse(fileName);
        }
        catch (PythonFormatException e)
        {
            throw UploadRefusedException.BadFile(e.Message);
        }
    }

    private static string Shorten(string? text) => text is { Length: > 100 } ? text[..100] : text ?? "";
}
