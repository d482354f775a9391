using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Curation;

/// <summary>Says what still needs files of the index. Other features implement it; what any of them names is deleted by force only.</summary>
public interface IFileUse
{
    /// <summary>Finds what needs any of some files, inside the change that would delete them.</summary>
    /// <param name="context">The context of that change.</param>
    /// <param name="sha256s">The hashes of the files.</param>
    /// <returns>What needs them, each for a person to read, such as <c>release 1.0-ab12cd34 of the service billing</c>; empty when nothing does.</returns>
    IReadOnlyList<string> Find(WheelhouseContext context, IReadOnlySet<string> sha256s);
}
