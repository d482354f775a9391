namespace Wheelhouse.Server.Index.Distributions.Archives;

/// <summary>The paths of an archive so far. Each is there once, and nothing lies below a file or a link.</summary>
internal sealed class ArchiveTree
{
    private readonly Dictionary<string, bool> _isFolder = new(StringComparer.Ordinal);
    private int _members;

    /// <summary>Adds a member; a folder may come again.</summary>
    /// <param name="path">Its path as the archive has it; folders may end in '/'.</param>
    /// <param name="isFolder">Whether it is a folder.</param>
    /// <exception cref="BadDistributionException">The path is unsafe or there already, or there are too many.</exception>
    public void Add(string path, bool isFolder)
    {
        if (++_members > UnpackLimits.MaxMembers)
            throw DistributionFaults.TooManyMembers(UnpackLimits.MaxMembers);
        var plain = isFolder && path.EndsWith('/') ? path[..^1] : path;
        ArchivePath.Check(plain);
        if (!_isFolder.TryAdd(plain, isFolder) && !(isFolder && _isFolder[plain]))
            throw DistributionFaults.Duplicate(path);
        AddParents(plain);
    }

    private void AddParents(string path)
    {
        for (var slash = path.LastIndexOf('/'); slash > 0; slash = path.LastIndexOf('/', slash - 1))
        {
            var parent = path[..slash];
            if (_isFolder.TryAdd(parent, true))
                continue;
            if (!_isFolder[parent])
                throw DistributionFaults.UnsafePath(path, $"lies below '{parent}', which is no folder");
            return;
        }
    }
}
