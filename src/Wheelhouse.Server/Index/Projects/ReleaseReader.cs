using System.Text;
using Wheelhouse.Python.Metadata;
using Wheelhouse.Server.Index.Distributions;

namespace Wheelhouse.Server.Index.Projects;

/// <summary>Reads what releases say about themselves.</summary>
public sealed class ReleaseReader(IndexQueries index, StoredMetadata stored)
{
    /// <summary>What one release says; null when it has no wheel: the metadata of an sdist may differ once it is built.</summary>
    public async Task<ReleaseAbout?> FindAsync(string project, string version, CancellationToken cancellationToken) =>
        await FindMetadataAsync(project, version, cancellationToken) is { } metadata ? ReleaseAbout.Of(metadata) : null;

    /// <summary>The core metadata of one release; null when it has no wheel.</summary>
    public async Task<CoreMetadata?> FindMetadataAsync(string project, string version, CancellationToken cancellationToken)
    {
        var wheel = (await index.ListFilesAsync(project, version, cancellationToken)).FirstOrDefault(file => file.MetadataSha256 is not null);
        if (wheel is null || await stored.FindAsync(wheel.Sha256, wheel.FileName, cancellationToken) is not { } bytes) return null;
        return CoreMetadata.TryParse(Encoding.UTF8.GetString(bytes), out var metadata) ? metadata : null;
    }
}
