namespace Wheelhouse.Server.Index.Maintenance.Verification;

/// <summary>Something that is wrong with the index.</summary>
/// <param name="Kind">One of <see cref="FindingKinds"/>.</param>
/// <param name="Name">The file's name; for what no file has, its name in the store.</param>
/// <param name="Message">What is wrong, in a sentence.</param>
/// <param name="Fix">What to do about it, in a sentence.</param>
internal sealed record Finding(string Kind, string Name, string Message, string Fix)
{
    /// <summary>The normalised name of the project; null for what no file has, like all that follows.</summary>
    public string? Project { get; init; }

    public string? Version { get; init; }

    /// <summary>The hash that the bytes should have.</summary>
    public string? Sha256 { get; init; }

    /// <summary>Who uploaded it; null for one of an upstream.</summary>
    public string? UploadedBy { get; init; }

    /// <summary>The upstream that it came from; null for one that was uploaded.</summary>
    public string? Upstream { get; init; }

    /// <summary>Since when it is on the index.</summary>
    public DateTimeOffset? UploadedAt { get; init; }

    /// <summary>What needs the file, that runs or can be reverted to, each for a person to read.</summary>
    public IReadOnlyList<string> NeededBy { get; init; } = [];

    /// <summary>What was done about it; null when nothing was.</summary>
    public string? Done { get; init; }

    /// <summary>Whether it is right again.</summary>
    public bool IsRepaired { get; init; }

    /// <summary>A finding on a file of the index.</summary>
    public static Finding On(IndexedFile file, string kind, string message, string fix) => new(kind, file.Name, message, fix)
    {
        Project = file.Project,
        Version = file.Version,
        Sha256 = file.Sha256,
        UploadedBy = file.Uploaded?.UploadedBy,
        Upstream = file.Upstream,
        UploadedAt = file.At,
    };
}

/// <summary>What came of looking at the whole index.</summary>
/// <param name="Files">How many files were read.</param>
/// <param name="Bytes">How many bytes they have together.</param>
/// <param name="Findings">What is wrong, files of the index first, by project and name.</param>
internal sealed record IndexReport(long Files, long Bytes, IReadOnlyList<Finding> Findings)
{
    /// <summary>How many findings are not repaired.</summary>
    public int Left => Findings.Count(finding => !finding.IsRepaired);
}
