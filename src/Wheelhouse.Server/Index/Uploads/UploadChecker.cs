using Microsoft.Extensions.Options;
using Wheelhouse.Python.Distributions;
using Wheelhouse.Python.Names;
using Wheelhouse.Python.Versions;
using Wheelhouse.Python.Wheels;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Index.Distributions;
using Wheelhouse.Server.Index.Distributions.Archives;

namespace Wheelhouse.Server.Index.Uploads;

/// <summary>Holds the form, the file's name and the file's own metadata against one another. The file is the truth.</summary>
internal sealed class UploadChecker(IOptions<IndexOptions> options)
{
    /// <summary>Checks the form's fields, and returns its file.</summary>
    /// <exception cref="ApiException">They are incomplete, invalid or disagree.</exception>
    public async Task<ReceivedFile> CheckFormAsync(UploadForm form, CancellationToken token)
    {
        if (form.Field(":action") is not "file_upload")
            throw UploadRefusals.BadForm("The field :action of the form must be file_upload.");
        if (form.Field("protocol_version") is not (null or "1"))
            throw UploadRefusals.BadForm("The field protocol_version of the form must be 1.");
        if (form.File is not { Size: > 0 } file)
            throw UploadRefusals.BadForm("The form lacks a file: the field content.");
        CheckName(file.Name);
        var fileType = file.Name is WheelFileName ? "bdist_wheel" : "sdist";
        if (form.Field("filetype") is { } sent && !string.Equals(sent, fileType, StringComparison.Ordinal))
            throw UploadRefusals.Disagrees("filetype", sent, $"{file.Name}, which is a {fileType}");
        if (!ProjectName.TryParse(form.Field("name"), out var project) || !project.Equals(file.Name.Project))
            throw UploadRefusals.Disagrees("name", form.Field("name"), $"the file name {file.Name}");
        if (!PythonVersion.TryParse(form.Field("version"), out var version) || version != file.Name.Version)
            throw UploadRefusals.Disagrees("version", form.Field("version"), $"the file name {file.Name}");
        await UploadDigests.CheckAsync(form, file, token);
        return file;
    }

    /// <summary>Checks that the policy on names takes a file's.</summary>
    /// <exception cref="ApiException">It does not.</exception>
    public void CheckName(DistributionFileName name)
    {
        if (!options.Value.AllowUnnormalizedNames && !name.IsNormalized)
            throw UploadRefusals.NotNormalized(name);
    }

    /// <summary>Reads the received file and holds its metadata against its name and the form, if it came with one.</summary>
    /// <exception cref="ApiException">It is not what its name says.</exception>
    public async Task<DistributionContents> CheckFileAsync(UploadForm? form, ReceivedFile file, CancellationToken token)
    {
        try
        {
            var contents = await ReadAsync(file, token);
            var (project, version) = (contents.Metadata.Name, contents.Metadata.Version);
            if (!project.Equals(file.Name.Project) || version != file.Name.Version)
                throw DistributionFaults.MetadataDisagrees(project.Text, version.ToString(), file.Name.Text);
            if (form?.Field("requires_python") is { } sent && !string.Equals(Squeeze(sent), Squeeze(contents.Metadata.RequiresPythonText), StringComparison.Ordinal))
                throw UploadRefusals.Disagrees("requires_python", sent, $"the file's own, '{contents.Metadata.RequiresPythonText}'");
            return contents;
        }
        catch (BadDistributionException e)
        {
            throw UploadRefusals.BadFile(e);
        }
    }

    private async Task<DistributionContents> ReadAsync(ReceivedFile file, CancellationToken token)
    {
        var (bytes, limits) = (file.Open(), new UnpackLimits(options.Value.MaxUnpackedSize));
        return file.Name is WheelFileName wheel
            ? await WheelReader.ReadAsync(bytes, wheel, limits, token)
            : await SdistReader.ReadAsync(bytes, (SdistFileName)file.Name, limits, token);
    }

    private static string Squeeze(string? text) => text is null ? "" : string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
}
