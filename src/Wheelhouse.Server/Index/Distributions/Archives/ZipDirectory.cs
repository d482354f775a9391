namespace Wheelhouse.Server.Index.Distributions.Archives;

/// <summary>A zip archive's central directory (APPNOTE 4.3.12), of which nothing is left that programs could not read safely and alike.</summary>
/// <param name="Members">The members in the order in which they lie in the file.</param>
/// <param name="Offset">Where the directory begins, and so the last member ends.</param>
internal sealed record ZipDirectory(List<ZipMember> Members, long Offset)
{
    private const int HeaderSize = 46;
    private const int MaxSize = 64 << 20;
    private const uint Signature = 0x02014b50;
    private const ushort Utf8Flag = 0x800;
    private const int MadeOnUnix = 3;

    /// <summary>The latest version of the format that is fixed (APPNOTE 6.3) and that Python's zipfile opens; 2.0 is enough for deflate.</summary>
    private const int LatestVersion = 63;

    /// <summary>Reads the directory of a file.</summary>
    /// <exception cref="BadDistributionException">The archive is not a safe one.</exception>
    public static async Task<ZipDirectory> ReadAsync(Stream file, UnpackLimits limits, CancellationToken token)
    {
        var end = await ZipEnd.ReadAsync(file, token);
        if (end.Count > UnpackLimits.MaxMembers || end.Size > MaxSize)
            throw DistributionFaults.TooManyMembers(UnpackLimits.MaxMembers);
        file.Position = end.Offset;
        var members = Read(await file.TakeAsync((int)end.Size, token), end.Count);
        var most = limits.For(file.Length);
        if (members.Sum(member => (decimal)member.Size) > most)
            throw DistributionFaults.UnpacksTooLarge(most);
        return new(members, end.Offset);
    }

    private static List<ZipMember> Read(ReadOnlySpan<byte> directory, long count)
    {
        var members = new List<ZipMember>((int)count);
        var tree = new ArchiveTree();
        while (directory.Length > 0)
        {
            var member = ReadMember(directory, out var length);
            tree.Add(member.Path, member.IsFolder);
            members.Add(member);
            directory = directory[length..];
        }

        if (members.Count != count)
            throw DistributionFaults.Ambiguous($"it says that it has {count} members, but lists {members.Count}");
        members.Sort((a, b) => a.Offset.CompareTo(b.Offset));
        return members;
    }

    private static ZipMember ReadMember(ReadOnlySpan<byte> entry, out int length)
    {
        length = entry.Length < HeaderSize ? int.MaxValue : HeaderSize + entry.Short(28) + entry.Short(30) + entry.Short(32);
        if (length > entry.Length || entry.Int(0) != Signature)
            throw DistributionFaults.Ambiguous("its directory ends within an entry");
        var pathBytes = entry.Slice(HeaderSize, entry.Short(28));
        Span<long> numbers = [entry.Int(24), entry.Int(20), entry.Int(42)];
        ZipFields.ReadExtra(entry.Slice(HeaderSize + pathBytes.Length, entry.Short(30)), numbers);
        var member = new ZipMember(ArchivePath.Decode(pathBytes), pathBytes.ToArray(), entry.Short(8), entry.Short(10), entry.Int(16), numbers[1], numbers[0], numbers[2]);
        if ((member.Flags & Utf8Flag) == 0 && pathBytes.ContainsAnyExceptInRange((byte)0, (byte)127))
            throw DistributionFaults.UnsafePath(member.Path, "is not marked as UTF-8");
        if (entry[6] > LatestVersion)
            throw DistributionFaults.Ambiguous($"'{member.Path}' asks for version {entry[6] / 10}.{entry[6] % 10} of the zip format, which few read");
        CheckKind(member, entry[5] == MadeOnUnix ? (int)(entry.Int(38) >> 16) : 0);
        return member;
    }

    private static void CheckKind(ZipMember member, int mode)
    {
        if (member.IsEncrypted)
            throw DistributionFaults.Encrypted(member.Path);
        if (member.Method is not (ZipMember.Stored or ZipMember.Deflated))
            throw DistributionFaults.UnknownCompression(member.Path);
        if (UnixMode.NameOfSpecial(mode) is { } special)
            throw DistributionFaults.SpecialFile(member.Path, special);
        if (member.IsFolder && member.Size != 0)
            throw DistributionFaults.Ambiguous($"the folder '{member.Path}' has content");
        if (member.Method == ZipMember.Stored && (member.PackedSize != member.Size || member.HasDescriptor && member.Size > 0))
            throw DistributionFaults.Ambiguous($"where '{member.Path}' ends is not certain");
    }
}
