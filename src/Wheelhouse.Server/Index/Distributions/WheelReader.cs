using System.Security.Cryptography;
using Wheelhouse.Python.Names;
using Wheelhouse.Python.Versions;
using Wheelhouse.Python.Wheels;
using Wheelhouse.Server.Index.Distributions.Archives;

namespace Wheelhouse.Server.Index.Distributions;

/// <summary>Reads a wheel's metadata and checks that an installer would install what it says, and nothing else (PEP 427).</summary>
internal static class WheelReader
{
    private const string Suffix = ".dist-info";

    /// <exception cref="BadDistributionException">It is not a wheel, or not a safe one.</exception>
    public static async Task<DistributionContents> ReadAsync(Stream file, WheelFileName name, UnpackLimits limits, CancellationToken token)
    {
        var zip = await ZipReader.OpenAsync(file, limits, token);
        var folder = FindFolder(zip.Members, name);
        var (metadata, wheel, record) = (new SmallFile($"{folder}/METADATA"), new SmallFile($"{folder}/WHEEL"), new SmallFile($"{folder}/RECORD"));
        var held = new Dictionary<string, HeldFile>(StringComparer.Ordinal);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var member in zip.Members)
        {
            var kept = ((SmallFile[])[metadata, wheel, record]).FirstOrDefault(file => string.Equals(file.Path, member.Path, StringComparison.Ordinal));
            await zip.ReadNextAsync(Take, token);
            if (!member.IsFolder)
                held.Add(member.Path, new(member.Size, hash.GetHashAndReset()));

            void Take(ReadOnlySpan<byte> bytes)
            {
                hash.AppendData(bytes);
                kept?.Take(bytes);
            }
        }

        foreach (var missing in ((SmallFile[])[wheel, record, metadata]).Where(file => !held.ContainsKey(file.Path)))
            throw DistributionFaults.MetadataMissing("wheel", missing.Path);
        WheelTagCheck.Check(wheel, name);
        WheelRecord.Check(record, held);
        return DistributionContents.Read(metadata);
    }

    /// <summary>Reads only the METADATA of a wheel that was read as a whole when it joined the index.</summary>
    public static async Task<byte[]> ReadMetadataAsync(Stream file, WheelFileName name, CancellationToken token)
    {
        var zip = await ZipReader.OpenAsync(file, new(long.MaxValue), token);
        var metadata = new SmallFile($"{FindFolder(zip.Members, name)}/METADATA");
        zip.Seek(zip.Members.First(member => string.Equals(member.Path, metadata.Path, StringComparison.Ordinal)));
        await zip.ReadNextAsync(metadata.Take, token);
        return metadata.Bytes;
    }

    /// <summary>Finds the one folder of metadata. Programs that look for it ignoring case must find the same one.</summary>
    private static string FindFolder(IEnumerable<ZipMember> members, WheelFileName name)
    {
        var paths = members.Where(member => member.Path.Split('/')[0].EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)).Select(member => member.Path).ToList();
        var folders = paths.Select(path => path.Split('/')[0]).Distinct(StringComparer.Ordinal).ToList();
        if (folders.Count != 1)
            throw DistributionFaults.MetadataFolders(folders.Count);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        if (paths.Find(path => !seen.Add(path)) is { } twice)
            throw DistributionFaults.Duplicate(twice);
        var parts = folders[0][..^Suffix.Length].Split('-');
        var agrees = folders[0].EndsWith(Suffix, StringComparison.Ordinal) && parts.Length == 2 && ProjectName.TryParse(parts[0], out var project)
            && project.Equals(name.Project) && PythonVersion.TryParse(parts[1], out var version) && version == name.Version;
        return agrees ? folders[0] : throw DistributionFaults.FolderDisagrees(folders[0], name.Text);
    }
}

/// <summary>A file that a wheel holds.</summary>
/// <param name="Size">How many bytes.</param>
/// <param name="Sha256">Their hash.</param>
internal sealed record HeldFile(long Size, byte[] Sha256);
