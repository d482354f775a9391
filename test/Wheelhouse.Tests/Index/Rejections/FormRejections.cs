using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Server.Index;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests.Index.Rejections;

/// <summary>Uploads whose form, name or place on the index is wrong.</summary>
internal static class FormRejections
{
    private const string Wheel = "acme-1.0-py3-none-any.whl";

    public static IEnumerable<Rejection> All => [.. Forms, .. Names, .. Places];

    private static IEnumerable<Rejection> Forms =>
    [
        Form("another action", "invalid_request", "The field :action of the form must be file_upload.", ":action", "submit"),
        Form("another version of the protocol", "invalid_request", "The field protocol_version of the form must be 1.", "protocol_version", "2"),
        Form("another kind of file", "form_disagrees", $"The field filetype 'sdist' does not agree with {Wheel}, which is a bdist_wheel.", "filetype", "sdist"),
        Form("another project", "form_disagrees", $"The field name 'other' does not agree with the file name {Wheel}.", "name", "other"),
        Form("no project", "form_disagrees", $"The field name '' does not agree with the file name {Wheel}.", "name", ""),
        Form("another version", "form_disagrees", $"The field version '1.1' does not agree with the file name {Wheel}.", "version", "1.1"),
        Form("another Requires-Python than the file's", "form_disagrees", "The field requires_python '>=3.12' does not agree with the file's own, '>=3.8'.", "requires_python", ">=3.12"),
        Form("another SHA-256", "digest_mismatch", "The file's SHA-256 is not the one in the field sha256_digest: it was changed on its way.", "sha256_digest", "00"),
        Form("another MD5", "digest_mismatch", "The file's MD5 is not the one in the field md5_digest: it was changed on its way.", "md5_digest", "00"),
        Form("another BLAKE2b", "digest_mismatch", "The file's BLAKE2b is not the one in the field blake2_256_digest: it was changed on its way.", "blake2_256_digest", "00"),
        Form("a build that is no line of text", "invalid_build", "The build is longer than 500 characters, or holds control characters.", "build", "job\n12"),
        new("The form", "an empty file", "invalid_request", "The form lacks a file: the field content.", Wheel, () => []),
    ];

    private static IEnumerable<Rejection> Names =>
    [
        Name("neither a wheel nor an sdist", "'acme-1.0.exe' is neither a wheel (.whl) nor an sdist (.tar.gz or .zip).", "acme-1.0.exe"),
        Name("a path", "'../acme-1.0-py3-none-any.whl' is not the name of a wheel: '../acme' is not an escaped project name; …", "../acme-1.0-py3-none-any.whl"),
        Name("too few parts", "'acme-1.0-py3.whl' is not the name of a wheel: it has 3 parts between '-' instead of 5, or 6 with a build tag; …", "acme-1.0-py3.whl"),
        Name("no version", "'acme-new.tar.gz' is not the name of an sdist: 'new' is not a version; …", "acme-new.tar.gz"),
        Name("too long", "'acme-1…' is too long for a file name: at most 255 characters.", $"acme-1{new string('0', 250)}.tar.gz"),
        new("The file name", "a spelling of older tools, when the setting forbids it", "unnormalized_name",
            "The file name Acme.Billing-1.0.tar.gz does not spell project and version as the standards ask.", "Acme.Billing-1.0.tar.gz", () => Archives.Sdist("Acme.Billing"))
        {
            Settings = options => options.AllowUnnormalizedNames = false,
        },
    ];

    private static IEnumerable<Rejection> Places =>
    [
        new("The index", "a file over the limit", "file_too_large", "The file is larger than 1 MiB, the most this index takes.", Wheel, () => new byte[(1 << 20) + 1]) { Status = 413 },
        new("The index", "other bytes under a used name", "file_exists", "File already exists ('used-1.0-py3-none-any.whl', with sha256 hash '…')",
            "used-1.0-py3-none-any.whl", () => Archives.Zip(Archives.WheelFiles("used").Append(new("used/more.py", ""))))
        {
            Before = server => server.UploadAsync("used-1.0-py3-none-any.whl", Archives.Wheel("used")),
        },
        new("The index", "other bytes under a used name in another spelling", "file_exists", "File already exists ('Spelt-1-py3-none-any.whl', with sha256 hash '…')",
            "spelt-1.0-py3-none-any.whl", () => Archives.Wheel("spelt"))
        {
            Before = server => server.UploadAsync("Spelt-1-py3-none-any.whl", Archives.Wheel("Spelt", "1")),
        },
        new("The index", "a second sdist of a release", "sdist_exists", "Only one sdist may be uploaded per release, and twice 1.0 has 'Twice-1.0.tar.gz'",
            "twice-1.0.tar.gz", () => Archives.Sdist("twice"))
        {
            Before = server => server.UploadAsync("Twice-1.0.tar.gz", Archives.Sdist("Twice")),
        },
        new("The index", "a name that was deleted", "file_deleted", "The file gone-1.0-py3-none-any.whl was deleted from this index, and its name is never free again",
            "gone-1.0-py3-none-any.whl", () => Archives.Wheel("gone"))
        {
            Before = server => DeletedAsync(server, "gone", "gone-1.0-py3-none-any.whl"),
        },
        new("The index", "a name that was deleted, in another spelling", "file_deleted", "The file away-1.0.tar.gz was deleted from this index, and its name is never free again",
            "Away-1.tar.gz", () => Archives.Sdist("Away", "1"))
        {
            Before = server => DeletedAsync(server, "away", "away-1.0.tar.gz"),
        },
        new("The index", "a project that was closed", "project_closed", "The project closed is archived and takes no uploads: moved",
            "closed-1.1-py3-none-any.whl", () => Archives.Wheel("closed", "1.1"))
        {
            Status = 403,
            Before = server => ChangeAsync(server, context => context.Add(new ProjectRow
            {
                Name = "closed", DisplayName = "closed", Status = ProjectStatus.Archived, StatusReason = "moved", CreatedAt = server.Time.GetUtcNow(),
            })),
        },
    ];

    private static Rejection Form(string what, string code, string message, string field, string value) =>
        new("The form", what, code, message, Wheel, () => Archives.Wheel()) { Form = fields => fields[field] = value };

    private static Rejection Name(string what, string message, string fileName) => new("The file name", what, "invalid_file_name", message, fileName, () => Archives.Wheel());

    private static Task DeletedAsync(IndexServer server, string project, string fileName) => ChangeAsync(server, context => context.Add(new DeletedFileRow
    {
        FileName = fileName,
        Project = project,
        Version = "1.0",
        Sha256 = new('0', 64),
        DeletedBy = "admin",
        DeletedAt = server.Time.GetUtcNow(),
        Reason = "",
    }));

    private static Task ChangeAsync(IndexServer server, Func<WheelhouseContext, object> change) =>
        server.Services.GetRequiredService<DatabaseWriter>().WriteAsync(change, CancellationToken.None);
}
