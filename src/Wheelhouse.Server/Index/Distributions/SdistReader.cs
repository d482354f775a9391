using Wheelhouse.Python.Distributions;
using Wheelhouse.Server.Index.Distributions.Archives;

namespace Wheelhouse.Server.Index.Distributions;

/// <summary>Reads an sdist's metadata and checks that it is safe to unpack: one folder that holds everything (PEP 625), and paths as PEP 721 asks.</summary>
internal static class SdistReader
{
    /// <exception cref="BadDistributionException">It is not an sdist, or not a safe one.</exception>
    public static async Task<DistributionContents> ReadAsync(Stream file, SdistFileName name, UnpackLimits limits, CancellationToken token)
    {
        var folder = new SdistFolder(name);
        if (name.Text.EndsWith(".zip", StringComparison.Ordinal))
            await ReadZipAsync(file, folder, limits, token);
        else
            await ReadTarAsync(file, folder, limits, token);
        return DistributionContents.Read(folder.Metadata ?? throw DistributionFaults.MetadataMissing("sdist", "PKG-INFO in its top folder"));
    }

    private static async Task ReadZipAsync(Stream file, SdistFolder folder, UnpackLimits limits, CancellationToken token)
    {
        var zip = await ZipReader.OpenAsync(file, limits, token);
        foreach (var member in zip.Members)
            await zip.ReadNextAsync(folder.Add(member.Path, isFile: !member.IsFolder), token);
    }

    private static async Task ReadTarAsync(Stream file, SdistFolder folder, UnpackLimits limits, CancellationToken token)
    {
        using var gzip = await GzipReader.OpenAsync(file, limits, token);
        var tar = new TarReader(gzip);
        while (await tar.NextAsync(token) is { } member)
            await tar.ReadDataAsync(folder.Add(member.Path, isFile: member.Kind == TarKind.File), token);
    }
}
