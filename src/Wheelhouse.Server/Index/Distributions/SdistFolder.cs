using Wheelhouse.Python.Distributions;

namespace Wheelhouse.Server.Index.Distributions;

/// <summary>The one folder that an sdist holds everything in, <c>{name}-{version}</c>, in any spelling of the two.</summary>
/// <param name="name">The sdist's file name.</param>
internal sealed class SdistFolder(SdistFileName name)
{
    private string? _folder;

    /// <summary>Its PKG-INFO, or null while none has come.</summary>
    public SmallFile? Metadata { get; private set; }

    /// <summary>Adds a member of the archive.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="isFile">Whether it is a file, and not a folder or link.</param>
    /// <returns>What takes the member's bytes.</returns>
    /// <exception cref="BadDistributionException">It lies elsewhere, or is a second PKG-INFO.</exception>
    public Action<ReadOnlySpan<byte>> Add(string path, bool isFile)
    {
        var parts = path.TrimEnd('/').Split('/');
        _folder ??= parts[0];
        if (!string.Equals(_folder, parts[0], StringComparison.Ordinal))
            throw DistributionFaults.SeveralFolders(_folder, parts[0]);
        if (!SdistFileName.TryParse($"{_folder}.tar.gz", out var folder) || !folder.Project.Equals(name.Project) || folder.Version != name.Version)
            throw DistributionFaults.FolderDisagrees(_folder, name.Text);
        if (!isFile || parts is not [_, var file] || !file.Equals("PKG-INFO", StringComparison.OrdinalIgnoreCase))
            return _ => { };
        if (Metadata is not null)
            throw DistributionFaults.Duplicate(path);
        if (!file.Equals("PKG-INFO", StringComparison.Ordinal))
            throw DistributionFaults.MetadataMissing("sdist", $"PKG-INFO in its top folder: {file} is spelt otherwise");
        Metadata = new(path);
        return Metadata.Take;
    }
}
