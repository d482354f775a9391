using System.Security.Cryptography;
using Wheelhouse.Python;
using Wheelhouse.Python.Metadata;

namespace Wheelhouse.Server.Index.Distributions;

/// <summary>What was read from inside a wheel or an sdist.</summary>
/// <param name="Metadata">Its core metadata.</param>
/// <param name="MetadataBytes">The bytes of the METADATA or PKG-INFO file.</param>
internal sealed record DistributionContents(CoreMetadata Metadata, byte[] MetadataBytes)
{
    public string MetadataSha256 => Convert.ToHexStringLower(SHA256.HashData(MetadataBytes));

    /// <summary>Reads the core metadata.</summary>
    /// <exception cref="BadDistributionException">It is invalid.</exception>
    public static DistributionContents Read(SmallFile file)
    {
        try
        {
            var metadata = CoreMetadata.Parse(file.Text);
            MetadataLimits.Check(metadata);
            return new(metadata, file.Bytes);
        }
        catch (PythonFormatException e)
        {
            throw DistributionFaults.InvalidMetadata(file.Path, e.Message);
        }
    }
}
