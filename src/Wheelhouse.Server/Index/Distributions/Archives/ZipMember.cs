namespace Wheelhouse.Server.Index.Distributions.Archives;

/// <summary>One entry of a zip archive's central directory (APPNOTE 4.3.12).</summary>
/// <param name="Path">Its path; a folder's ends in '/'.</param>
/// <param name="PathBytes">The same as the archive spells it.</param>
/// <param name="Flags">The general purpose flags.</param>
/// <param name="Method">0 for stored, 8 for deflate.</param>
/// <param name="Crc">The checksum of what it unpacks to.</param>
/// <param name="PackedSize">How many bytes it takes in the archive.</param>
/// <param name="Size">How many bytes it unpacks to.</param>
/// <param name="Offset">Where its local header begins.</param>
internal sealed record ZipMember(string Path, byte[] PathBytes, ushort Flags, ushort Method, uint Crc, long PackedSize, long Size, long Offset)
{
    public const ushort Stored = 0;
    public const ushort Deflated = 8;

    private const ushort DescriptorFlag = 0x8;
    private const ushort EncryptedFlags = 0x1 | 0x40 | 0x2000;

    public bool IsFolder => Path.EndsWith('/');

    /// <summary>Whether its sizes follow its data, because its maker could not go back to write them before.</summary>
    public bool HasDescriptor => (Flags & DescriptorFlag) != 0;

    public bool IsEncrypted => (Flags & EncryptedFlags) != 0;
}
