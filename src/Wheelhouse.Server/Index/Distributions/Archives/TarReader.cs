using System.Globalization;
using System.Text;

namespace Wheelhouse.Server.Index.Distributions.Archives;

/// <summary>
/// Reads a tar archive from beginning to end, without unpacking it to disk: ustar, pax and GNU's long names. What programs read differently,
/// such as a size that is given twice, is refused, and so is everything but files, folders and links that stay inside.
/// </summary>
internal sealed class TarReader(GzipReader gzip)
{
    private const int MaxText = 1 << 20;

    private readonly ArchiveTree _tree = new();
    private readonly byte[] _chunk = new byte[32 * 1024];
    private long _unread;

    /// <summary>The next member; null at the end. Data of the one before that was not read is skipped.</summary>
    /// <exception cref="BadDistributionException">The archive is not a safe one.</exception>
    public async Task<TarMember?> NextAsync(CancellationToken token)
    {
        await ReadDataAsync(_ => { }, token);
        while (await NextHeaderAsync(token) is { } header)
        {
            if (await ReadMemberAsync(header, token) is not { } member)
                continue;
            _tree.Add(member.Path, member.Kind == TarKind.Folder);
            if (member.Kind is TarKind.SymbolicLink or TarKind.HardLink)
                ArchivePath.CheckLink(member.Path, member.Target, member.Kind == TarKind.SymbolicLink);
            return member;
        }

        return null;
    }

    /// <summary>Reads the data of the last member.</summary>
    public async Task ReadDataAsync(Action<ReadOnlySpan<byte>> take, CancellationToken token)
    {
        var padding = (int)(-_unread & (TarHeader.BlockSize - 1));
        while (_unread > 0)
        {
            var chunk = await TakeAsync((int)Math.Min(_unread, _chunk.Length), token);
            take(chunk.Span);
            _unread -= chunk.Length;
        }

        await TakeAsync(padding, token);
    }

    private async Task<TarHeader?> NextHeaderAsync(CancellationToken token)
    {
        var block = _chunk.AsMemory(0, TarHeader.BlockSize);
        if (await gzip.ReadAsync(block, token))
        {
            if (block.Span.ContainsAnyExcept((byte)0))
                return TarHeader.Read(block.Span);
            while (await gzip.ReadAsync(block, token))
            {
                if (block.Span.ContainsAnyExcept((byte)0))
                    throw DistributionFaults.DataAfter();
            }
        }

        await gzip.FinishAsync(token);
        return null;
    }

    /// <summary>Reads a member with the headers that extend its own; null for the folder that the archive is unpacked in.</summary>
    private async Task<TarMember?> ReadMemberAsync(TarHeader header, CancellationToken token)
    {
        var extension = new TarExtension();
        for (; TarExtension.IsOne(header.Type); header = await NextHeaderAsync(token) ?? throw GzipReader.NotComplete())
            extension.Add(header.Type, await ReadTextAsync(header.Size, token));
        var kind = KindOf(header);
        var path = Plain(extension.Path ?? header.Path);
        if (header.Size > 0 && kind != TarKind.File || extension.Size is { } size && size != header.Size)
            throw DistributionFaults.Ambiguous($"'{path}' has two sizes");
        _unread = header.Size;
        return path is "" or "." && kind == TarKind.Folder ? null : new(path, kind, header.Size, Plain(extension.Target ?? header.Target));
    }

    private async Task<byte[]> ReadTextAsync(long size, CancellationToken token)
    {
        if (size > MaxText)
            throw DistributionFaults.Ambiguous("an extended header of it is too long");
        var text = new MemoryStream((int)size);
        _unread = size;
        await ReadDataAsync(text.Write, token);
        return text.ToArray();
    }

    private static TarKind KindOf(TarHeader header) => header.Type switch
    {
        '0' or '7' => TarKind.File,
        '1' => TarKind.HardLink,
        '2' => TarKind.SymbolicLink,
        '5' => TarKind.Folder,
        '3' or '4' or '6' => throw DistributionFaults.SpecialFile(Encoding.Latin1.GetString(header.Path), "a device or pipe"),
        var type => throw DistributionFaults.Ambiguous(string.Create(CultureInfo.InvariantCulture, $"a member is of the kind 0x{(int)type:x2}, which few know")),
    };

    private static string Plain(byte[] bytes)
    {
        var path = ArchivePath.Decode(bytes);
        while (path.StartsWith("./", StringComparison.Ordinal))
            path = path[2..];
        return path;
    }

    private async Task<ReadOnlyMemory<byte>> TakeAsync(int count, CancellationToken token)
    {
        var chunk = _chunk.AsMemory(0, count);
        return count == 0 || await gzip.ReadAsync(chunk, token) ? chunk : throw GzipReader.NotComplete();
    }
}
