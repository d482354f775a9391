using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index;

/// <summary>Knows the names of deleted files, which are never free again.</summary>
internal static class NameLedger
{
    private static readonly Func<WheelhouseContext, string, bool> IsDeleted =
        EF.CompileQuery((WheelhouseContext context, string fileName) => context.Set<DeletedFileRow>().Any(row => row.FileName == fileName));

    /// <summary>Whether a file of this name was deleted.</summary>
    /// <param name="context">The context of the change that wants the name.</param>
    /// <param name="fileName">The name.</param>
    public static bool IsSpent(WheelhouseContext context, string fileName) => IsDeleted(context, fileName);
}
