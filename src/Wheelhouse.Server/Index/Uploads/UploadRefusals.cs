using Wheelhouse.Contracts.Errors;
using Wheelhouse.Python.Distributions;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Index.Distributions;

namespace Wheelhouse.Server.Index.Uploads;

/// <summary>The reasons for which an upload is not taken.</summary>
internal static class UploadRefusals
{
    public static ApiException BadForm(string detail) => new(
        StatusCodes.Status400BadRequest, ProblemCodes.InvalidRequest, detail, "Upload with a current twine, uv, poetry or flit.");

    public static ApiException BadFile(BadDistributionException fault) => new(StatusCodes.Status400BadRequest, fault.Code, fault.Message, fault.Fix);

    public static ApiException BadFileName(string detail) => new(
        StatusCodes.Status400BadRequest, "invalid_file_name", detail, "Do not rename built files: upload them under the names that the build gave them.");

    public static ApiException NotNormalized(DistributionFileName name) => new(
        StatusCodes.Status400BadRequest, "unnormalized_name", $"The file name {name} does not spell project and version as the standards ask.",
        "Build with a current build tool, or ask the operator to turn index.allow_unnormalized_names on.");

    /// <summary>A field of the form says something else than the file.</summary>
    public static ApiException Disagrees(string field, string? sent, string than) => new(
        StatusCodes.Status400BadRequest, "form_disagrees", $"The field {field} '{Shorten(sent)}' does not agree with {than}.",
        "Let the upload tool fill in the form from the file.");

    public static ApiException WrongDigest(string field, string kind) => new(
        StatusCodes.Status400BadRequest, "digest_mismatch", $"The file's {kind} is not the one in the field {field}: it was changed on its way.", "Upload it again.");

    public static ApiException BadBuild(int most) => new(
        StatusCodes.Status400BadRequest, "invalid_build", $"The build is longer than {most} characters, or holds control characters.",
        "Give the address of the build's page.");

    public static ApiException TooLarge(int mebibytes) => new(
        StatusCodes.Status413PayloadTooLarge, "file_too_large", $"The file is larger than {mebibytes} MiB, the most this index takes.",
        "Ask the operator to raise index.max_file_mib, or make the file smaller.");

    /// <summary>In the words that twine looks for when it is told to skip what exists.</summary>
    public static ApiException NameIsTaken(string fileName, string sha256) => new(
        StatusCodes.Status400BadRequest, "file_exists", $"File already exists ('{fileName}', with sha256 hash '{sha256}')",
        "Files never change: publish the change under a new version.");

    /// <summary>In other words than <see cref="NameIsTaken"/>: whoever skips what exists must not take a deleted file for one that is there.</summary>
    public static ApiException NameIsSpent(string fileName) => new(
        StatusCodes.Status400BadRequest, "file_deleted", $"The file {fileName} was deleted from this index, and its name is never free again",
        "Publish under a new version.");

    public static ApiException IsClosed(ProjectRow project) => new(
        StatusCodes.Status403Forbidden, "project_closed",
        $"The project {project.Name} is {project.Status} and takes no uploads{(project.StatusReason is null ? "" : $": {project.StatusReason}")}",
        "Ask an admin to make it active again.");

    /// <summary>As on PyPI (PEP 527): installers could not tell which of two was meant, however their names are spelt.</summary>
    public static ApiException SecondSdist(string project, string version, string present) => new(
        StatusCodes.Status400BadRequest, "sdist_exists", $"Only one sdist may be uploaded per release, and {project} {version} has '{present}'",
        "Files never change: publish the change under a new version.");

    public static ApiException NotStored() => new(
        StatusCodes.Status507InsufficientStorage, "storage_failed", "The server could not store the file; its log says why.",
        "Ask the operator to look at the disk of the server's data directory.");

    private static string Shorten(string? text) => text is { Length: > 100 } ? text[..100] : text ?? "";
}
