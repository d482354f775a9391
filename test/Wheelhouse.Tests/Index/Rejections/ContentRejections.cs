namespace Wheelhouse.Tests.Index.Rejections;

/// <summary>Sound archives that are not the wheel or sdist their name says.</summary>
internal static class ContentRejections
{
    private const string WheelName = "acme-1.0-py3-none-any.whl";
    private const string SdistName = "acme-1.0.tar.gz";
    private const string Info = "acme-1.0.dist-info";
    private const string Record = "The wheel's RECORD does not agree with what it holds: ";

    public static IEnumerable<Rejection> All => [.. Wheels, .. Records, .. Sdists, .. Metadata];

    private static IEnumerable<Rejection> Wheels =>
    [
        Without("METADATA"),
        Without("WHEEL"),
        Without("RECORD"),
        Wheel("no .dist-info folder", "metadata_folders", "The wheel holds 0 folders that end in .dist-info instead of one.", () => Archives.Zip([new("acme.py", "")])),
        Wheel("two .dist-info folders", "metadata_folders", "The wheel holds 2 folders that end in .dist-info instead of one.",
            () => Archives.Zip(Archives.WheelFiles().Append(new("aaaa-1.0.dist-info/METADATA", Archives.Metadata("aaaa"))))),
        Wheel("two .dist-info folders that differ in case", "metadata_folders", "The wheel holds 2 folders that end in .dist-info instead of one.",
            () => Archives.Zip(Archives.WheelFiles().Append(new("ACME-1.0.DIST-INFO/METADATA", Archives.Metadata())))),
        Wheel("a .dist-info folder of another version", "folder_disagrees", $"The folder 'acme-2.0.dist-info' in the archive does not agree with the file name {WheelName}.",
            () => Archives.Wheel(version: "2.0")),
        Wheel("another tag than the file name's", "wrong_tag", "The wheel's tags are wrong: the file WHEEL says cp311-cp311-linux_x86_64, the file name py3-none-any.",
            () => With("WHEEL", "Wheel-Version: 1.0\nTag: cp311-cp311-linux_x86_64\n")),
        new("The wheel", "a platform that nobody knows", "wrong_tag", "The wheel's tags are wrong: no installer knows 'py3-none-amiga' in the file name.", "acme-1.0-py3-none-amiga.whl", () => Archives.Wheel()),
        Wheel("a later format of wheels", "invalid_metadata", $"{Info}/WHEEL is invalid: its Wheel-Version must be 1.x, which installers know.",
            () => With("WHEEL", "Wheel-Version: 2.0\nTag: py3-none-any\n")),
    ];

    private static IEnumerable<Rejection> Records =>
    [
        Wheel("a file that RECORD does not list", "record_disagrees", Record + "it does not list evil.pth.",
            () => Archives.Zip(Archives.WheelFiles().Append(new("evil.pth", "import os")).Select(file => file.Value is Archives.RightRecord ? new(file.Key, Archives.RecordOf(Archives.WheelFiles())) : file))),
        Wheel("a file that only RECORD has", "record_disagrees", Record + "it lists acme/b.py, which is not there.", () => WithRecord("acme/b.py,,\n")),
        Wheel("a file that RECORD lists twice", "record_disagrees", Record + "it lists acme/__init__.py twice.", () => WithRecord("acme/__init__.py,,\n")),
        Wheel("no hash in RECORD", "record_disagrees", Record + "it has no hash of acme/__init__.py.", () => With("RECORD", "acme/__init__.py,,\n")),
        Wheel("a wrong hash in RECORD", "record_disagrees", Record + "the SHA-256 of acme/__init__.py is another one.", () => With("RECORD", "acme/__init__.py,sha256=AAAA,\n")),
        Wheel("a weak hash in RECORD", "record_disagrees", Record + "the hash of acme/__init__.py is not SHA-256 or a longer one.", () => With("RECORD", "acme/__init__.py,md5=AAAA,\n")),
        Wheel("a wrong size in RECORD", "record_disagrees", Record + "acme/__init__.py has 20 bytes, not 9.", () => With("RECORD", "acme/__init__.py,,9\n")),
        Wheel("a RECORD that is no table", "record_disagrees", Record + "a line has 1 fields instead of 3.", () => With("RECORD", "acme/__init__.py\n")),
    ];

    private static IEnumerable<Rejection> Sdists =>
    [
        Sdist("no PKG-INFO in the top folder", "metadata_missing", "The sdist lacks PKG-INFO in its top folder.", () => Archives.Tar(Archives.File("acme-1.0/src/PKG-INFO", Archives.Metadata()))),
        Sdist("a PKG-INFO in other case", "metadata_missing", "The sdist lacks PKG-INFO in its top folder: pkg-info is spelt otherwise.",
            () => Archives.Tar(Archives.File("acme-1.0/pkg-info", Archives.Metadata()))),
        Sdist("two folders at the top", "several_folders", "An sdist holds everything in one folder, but this one has 'acme-1.0' and 'evil-1.0'.",
            () => Archives.Tar(Archives.File("acme-1.0/PKG-INFO", Archives.Metadata()), Archives.File("evil-1.0/PKG-INFO", Archives.Metadata("evil")))),
        Sdist("a top folder of another project", "folder_disagrees", $"The folder 'other-1.0' in the archive does not agree with the file name {SdistName}.", () => Archives.Sdist("other")),
        new("The sdist", "a zip archive without PKG-INFO", "metadata_missing", "The sdist lacks PKG-INFO in its top folder.", "acme-1.0.zip", () => Archives.Zip([new("acme-1.0/setup.py", "")])),
    ];

    private static IEnumerable<Rejection> Metadata =>
    [
        Meta("metadata of another project", "metadata_disagrees", $"The metadata in the file says other 1.0, which does not agree with its name {WheelName}.", Archives.Metadata("other")),
        Meta("metadata of another version", "metadata_disagrees", $"The metadata in the file says acme 1.1, which does not agree with its name {WheelName}.", Archives.Metadata(version: "1.1")),
        Meta("no version of the metadata", "invalid_metadata", $"{Info}/METADATA is invalid: The metadata lacks the field Metadata-Version, which is required (core metadata).", "Name: acme\n"),
        Meta("two names", "invalid_metadata", $"{Info}/METADATA is invalid: The metadata field Name is invalid at 'evil': the field may be there only once (core metadata).",
            "Metadata-Version: 2.1\nName: acme\nName: evil\nVersion: 1.0\n"),
        Meta("a requirement that is none", "invalid_metadata", $"{Info}/METADATA is invalid: The metadata field Requires-Dist is invalid: …", "Metadata-Version: 2.1\nName: acme\nVersion: 1.0\nRequires-Dist: ???\n"),
        Meta("a control character in a field", "control_characters", "The metadata field Summary contains control characters.", "Metadata-Version: 2.1\nName: acme\nVersion: 1.0\nSummary: \u001b[2J\n"),
        Meta("a summary that is too long", "field_too_long", "The metadata field Summary is longer than 512 characters.", $"Metadata-Version: 2.1\nName: acme\nVersion: 1.0\nSummary: {new string('x', 513)}\n"),
        Meta("any other field that is too long", "field_too_long", "The metadata field Keywords is longer than 65,536 characters.",
            $"Metadata-Version: 2.1\nName: acme\nVersion: 1.0\nKeywords: {new string('x', 65_537)}\n"),
    ];

    private static Rejection Wheel(string what, string code, string message, Func<byte[]> bytes) => new("The wheel", what, code, message, WheelName, bytes);

    private static Rejection Sdist(string what, string code, string message, Func<byte[]> bytes) => new("The sdist", what, code, message, SdistName, bytes);

    private static Rejection Meta(string what, string code, string message, string metadata) => new("The metadata", what, code, message, WheelName, () => With("METADATA", metadata));

    private static Rejection Without(string file) => Wheel($"no {file}", "metadata_missing", $"The wheel lacks {Info}/{file}.",
        () => Archives.Zip(Archives.WheelFiles().Where(member => !member.Key.EndsWith($"/{file}", StringComparison.Ordinal))));

    private static byte[] With(string file, string text) => Archives.Zip(new Dictionary<string, string>(Archives.WheelFiles()) { [$"{Info}/{file}"] = text });

    private static byte[] WithRecord(string more) => With("RECORD", Archives.RecordOf(Archives.WheelFiles()) + more);
}
