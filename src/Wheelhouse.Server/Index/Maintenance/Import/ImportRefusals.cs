namespace Wheelhouse.Server.Index.Maintenance.Import;

/// <summary>The reasons for which an import does not take a file, beside those of an upload.</summary>
internal static class ImportRefusals
{
    public static RefusedFile Unreadable(string path, string why) => new(path, "unreadable", $"It cannot be read: {why}", "Look at the disk and the rights on the file, and import again.");

    /// <summary>Not even opened: who opens a pipe waits for its other end.</summary>
    public static RefusedFile Empty(string path) => new(
        path, "not_an_archive", "It is empty, no ordinary file, or has a name that is not UTF-8.", "Leave it, or find a whole copy of it under its right name, and import again.");

    public static RefusedFile Damaged(string path, string expected, string actual) => new(
        path, "digest_mismatch", $"It was changed since it was filed there: its hash should begin with {expected}, and its SHA-256 is {actual}.", "Find a whole copy of it, and upload that.");

    public static RefusedFile NameIsInUse(string name) => new(
        name, "file_exists", "The other index deleted a file of this name, but this index has one.", "Nothing, if that is meant; else delete it here too.");
}
