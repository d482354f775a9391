namespace Wheelhouse.Server.Index.Distributions;

/// <summary>Everything for which a wheel or an sdist is refused. docs/reference/uploads.md shows each of them.</summary>
internal static class DistributionFaults
{
    private const string BuildAgain = "Build the file again with a current build tool, and upload it unchanged.";
    private const string LeaveOut = "Leave it out of the archive and build the file again.";

    public static BadDistributionException NotAnArchive(string what) => new(
        "not_an_archive", $"The file is not a complete {what}", "Build the file again and upload the whole of it.");

    public static BadDistributionException Damaged(string path) => new(
        "archive_damaged", $"The archive's {Show(path)} is damaged: its bytes are not those that its length and checksum promise.", "Build the file again and upload the whole of it.");

    public static BadDistributionException DataBefore() => new(
        "data_before_archive", "There are bytes before the archive, or it was cut at its beginning.", BuildAgain);

    public static BadDistributionException DataAfter() => new("data_after_archive", "There are bytes after the archive's end.", BuildAgain);

    public static BadDistributionException Comment(string what) => new(
        "archive_comment", $"The {what} carries a comment, in which another archive could hide.", BuildAgain);

    /// <summary>Two programs could read two different things.</summary>
    public static BadDistributionException Ambiguous(string why) => new(
        "ambiguous_archive", $"Programs would disagree about what the archive holds: {why}.", BuildAgain);

    public static BadDistributionException Encrypted(string path) => new("encrypted_member", $"The archive's {Show(path)} is encrypted.", LeaveOut);

    public static BadDistributionException UnknownCompression(string path) => new(
        "unknown_compression", $"The archive's {Show(path)} is compressed by another method than deflate.", BuildAgain);

    public static BadDistributionException TooManyMembers(int most) => new(
        "too_many_members", $"The archive has more than {most} members.", "Leave out what is not needed at run time, such as data and tests.");

    public static BadDistributionException UnpacksTooLarge(long most) => new(
        "unpacks_too_large", $"The archive unpacks to more than {most >> 20} MiB, the most that one of its size may.",
        "Make it smaller, or ask the operator to raise index.max_unpacked_mib.");

    public static BadDistributionException UnsafePath(string path, string why) => new(
        "unsafe_path", $"The archive holds the path {Show(path)}, which {why}.", LeaveOut);

    public static BadDistributionException UnsafeLink(string path, string target, string why) => new(
        "unsafe_link", $"The archive holds the link {Show(path)} to {Show(target)}, which {why}.", "Put a copy of the file in place of the link.");

    public static BadDistributionException SpecialFile(string path, string what) => new("special_file", $"The archive's {Show(path)} is {what}.", LeaveOut);

    public static BadDistributionException Duplicate(string path) => new(
        "duplicate_member", $"The archive holds {Show(path)} twice.", "Remove what an earlier build left and build the file again.");

    public static BadDistributionException ControlCharacters(string where) => new(
        "control_characters", $"{where} contains control characters.", "Remove them and build the file again.");

    public static BadDistributionException MetadataMissing(string archive, string path) => new(
        "metadata_missing", $"The {archive} lacks {path}.", BuildAgain);

    public static BadDistributionException MetadataFolders(int count) => new(
        "metadata_folders", $"The wheel holds {count} folders that end in .dist-info instead of one.", "Remove what an earlier build left and build the file again.");

    public static BadDistributionException FolderDisagrees(string folder, string fileName) => new(
        "folder_disagrees", $"The folder {Show(folder)} in the archive does not agree with the file name {fileName}.", "Do not rename built files: build again under the right name and version.");

    public static BadDistributionException SeveralFolders(string first, string second) => new(
        "several_folders", $"An sdist holds everything in one folder, but this one has {Show(first)} and {Show(second)}.", BuildAgain);

    public static BadDistributionException MetadataDisagrees(string project, string version, string fileName) => new(
        "metadata_disagrees", $"The metadata in the file says {project} {version}, which does not agree with its name {fileName}.",
        "Do not rename built files: build again under the right name and version.");

    public static BadDistributionException InvalidMetadata(string path, string why) => new(
        "invalid_metadata", $"{path} is invalid: {why}", "Correct the project's metadata and build the file again.");

    public static BadDistributionException TooLong(string field, int most) => new(
        "field_too_long", $"{field} is longer than {most:N0} characters.", "Shorten it and build the file again.");

    public static BadDistributionException WrongTag(string why) => new(
        "wrong_tag", $"The wheel's tags are wrong: {why}.", "Do not rename wheels: 'wheel tags' changes the tags of a wheel in all places.");

    public static BadDistributionException RecordDisagrees(string why) => new(
        "record_disagrees", $"The wheel's RECORD does not agree with what it holds: {why}.", "Do not change a wheel after it was built: build it again, or use 'wheel unpack' and 'wheel pack'.");

    /// <summary>Text of an archive, short, on one line, and in quotes.</summary>
    private static string Show(string text) => $"'{new string([.. text.Take(200).Select(c => char.IsControl(c) ? '?' : c)])}'";
}
