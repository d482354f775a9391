using Microsoft.EntityFrameworkCore;
using Wheelhouse.Python.Distributions;
using Wheelhouse.Python.Versions;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index;

/// <summary>Knows which names of files are in use, and those of deleted files, which are never free again. Project and version may be spelt in any way.</summary>
internal static class NameLedger
{
    private static readonly Func<WheelhouseContext, string, bool> IsDeleted =
        EF.CompileQuery((WheelhouseContext context, string fileName) => context.Set<DeletedFileRow>().Any(row => row.FileName == fileName));

    // Each upload asks these once, on the one thread that writes. Equal versions begin alike, which leaves few of a long history to be read.
    private static readonly Func<WheelhouseContext, string, string, string, IEnumerable<Known>> Present = EF.CompileQuery(
        (WheelhouseContext context, string project, string from, string to) => context.Set<FileRow>()
            .Where(row => row.Project!.Name == project && string.Compare(row.Version, from) >= 0 && string.Compare(row.Version, to) < 0)
            .Select(row => new Known(row.FileName, row.Sha256)));

    private static readonly Func<WheelhouseContext, string, string, IEnumerable<Known>> Deleted = EF.CompileQuery((WheelhouseContext context, string project, string ending) =>
        context.Set<DeletedFileRow>().Where(row => row.Project == project && row.FileName.EndsWith(ending)).Select(row => new Known(row.FileName, row.Sha256)));

    /// <summary>Whether a file of exactly this name was deleted.</summary>
    /// <param name="context">The context of the change that wants the name.</param>
    /// <param name="fileName">The name.</param>
    public static bool IsSpent(WheelhouseContext context, string fileName) => IsDeleted(context, fileName);

    /// <summary>The file that has a name in any spelling; null when none has.</summary>
    public static Known? FindPresent(WheelhouseContext context, DistributionFileName name) => Find(Present(context, name.Project.Normalized, ShortestSpelling(name.Version), ShortestSpelling(name.Version) + char.MaxValue), name);

    /// <summary>The deleted file that had a name in any spelling; null when none had.</summary>
    public static Known? FindDeleted(WheelhouseContext context, DistributionFileName name) => Find(Deleted(context, name.Project.Normalized, name.Ending), name);

    /// <summary>What every spelling of a version begins with: <c>1.2</c> of 1.2.0rc1 (PEP 440 does not count zeros at the end of the release).</summary>
    internal static string ShortestSpelling(PythonVersion version)
    {
        var text = version.Base;
        while (text.EndsWith(".0", StringComparison.Ordinal)) text = text[..^2];
        return text;
    }

    private static Known? Find(IEnumerable<Known> all, DistributionFileName name) =>
        all.FirstOrDefault(known => DistributionFileName.TryParse(known.FileName, out var other) && name.IsSpellingOf(other));

    /// <param name="FileName">The name as it was uploaded.</param>
    /// <param name="Sha256">The hash of the file's bytes.</param>
    internal sealed record Known(string FileName, string Sha256);
}
