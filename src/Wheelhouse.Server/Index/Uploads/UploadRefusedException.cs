using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Server.Index.Uploads;

/// <summary>An upload that is not taken. It becomes the answer: the message is its detail and, as clients of the protocol expect, its reason phrase.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="code">A stable identifier for programs.</param>
/// <param name="detail">What is wrong, in a sentence.</param>
/// <param name="fix">What to do about it, or null.</param>
internal sealed class UploadRefusedException(int status, string code, string detail, string? fix = null) : Exception(detail)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    public string? Fix { get; } = fix;

    public static UploadRefusedException BadForm(string detail) => new(StatusCodes.Status400BadRequest, ProblemCodes.InvalidRequest, detail);

    public static UploadRefusedException BadFile(string detail) => new(StatusCodes.Status400BadRequest, "invalid_file", detail);

    public static UploadRefusedException TooLarge(long limit) => new(
        StatusCodes.Status413PayloadTooLarge, "file_too_large", $"The file is larger than {limit} bytes, the most this index takes.",
        "Ask the operator to raise Index:MaxFileSize, or make the file smaller.");

    public static UploadRefusedException NameIsTaken(string fileName, string sha256) => new(
        StatusCodes.Status400BadRequest, "file_exists", $"File already exists ('{fileName}', with sha256 hash '{sha256}')",
        "Files never change: publish the change under a new version.");
}
