namespace Wheelhouse.Server.Index.Distributions.Archives;

/// <summary>What kind of thing a member of a tar archive is.</summary>
internal enum TarKind
{
    File,
    Folder,
    SymbolicLink,
    HardLink,
}

/// <summary>A member of a tar archive.</summary>
/// <param name="Path">Its path, without a leading "./".</param>
/// <param name="Kind">What it is.</param>
/// <param name="Size">How many bytes of data it has.</param>
/// <param name="Target">Where it leads, if it is a link.</param>
internal sealed record TarMember(string Path, TarKind Kind, long Size, string Target);
