using System.IO.Compression;
using System.Text;

namespace Wheelhouse.Tests.Index.Rejections;

/// <summary>Writes zip archives that no honest program writes (APPNOTE 4.3).</summary>
internal sealed class ForgedZip
{
    private readonly MemoryStream _file = new();
    private readonly MemoryStream _directory = new();
    private int _count;

    /// <summary>What the end record says about the number of members, beside the truth.</summary>
    public int MoreCount { get; init; }

    /// <summary>A wheel as it should be, but for one member.</summary>
    public static byte[] Wheel(ForgedMember member)
    {
        var zip = new ForgedZip();
        foreach (var (path, text) in Fitting(member.Path))
            zip.Add(new(path, text));
        return zip.Add(member).End();
    }

    /// <summary>The files of a wheel whose RECORD lists one more.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Fitting(string more)
    {
        var files = Archives.WheelFiles();
        return files.Select(file => file.Value is Archives.RightRecord ? new(file.Key, Archives.RecordOf(files) + $"\"{more}\",,\n") : file);
    }

    public ForgedZip Skip(int bytes)
    {
        _file.Write(new byte[bytes]);
        return this;
    }

    public ForgedZip Add(ForgedMember member)
    {
        var (offset, packed) = ((uint)_file.Position, member.Pack());
        var crc = Crc(member.Bytes) ^ member.CrcChange;
        var size = (uint)(member.Bytes.Length + member.SizeChange);
        Write(_file, 0x04034b50u, (ushort)20, member.Flags, member.Method, 0u, crc, (uint)packed.Length, size);
        WriteNames(_file, member.LocalPath ?? member.Path, member.Extra);
        _file.Write(packed);
        Write(_directory, 0x02014b50u, (ushort)(3 << 8 | 20), member.Version, member.Flags, member.Method, 0u, crc, (uint)packed.Length, size);
        Write(_directory, (ushort)Encoding.Latin1.GetByteCount(member.Path), (ushort)member.Extra.Length, (ushort)0, (ushort)0, (ushort)0, (uint)member.Mode << 16, member.Offset ?? offset);
        _directory.Write(Encoding.Latin1.GetBytes(member.Path));
        _directory.Write(member.Extra);
        _count++;
        return this;
    }

    /// <summary>Writes the directory and the end record.</summary>
    public byte[] End()
    {
        var (offset, size) = ((uint)_file.Position, (uint)_directory.Length);
        _file.Write(_directory.ToArray());
        Write(_file, 0x06054b50u, (ushort)0, (ushort)0, (ushort)(_count + MoreCount), (ushort)(_count + MoreCount), size, offset, (ushort)0);
        return _file.ToArray();
    }

    private static void WriteNames(MemoryStream to, string path, byte[] extra)
    {
        Write(to, (ushort)Encoding.Latin1.GetByteCount(path), (ushort)extra.Length);
        to.Write(Encoding.Latin1.GetBytes(path));
        to.Write(extra);
    }

    private static void Write(MemoryStream to, params object[] numbers)
    {
        foreach (var number in numbers)
            to.Write(number is ushort small ? BitConverter.GetBytes(small) : BitConverter.GetBytes((uint)number));
    }

    /// <summary>The checksum bit by bit: slow, and not the code under test.</summary>
    private static uint Crc(byte[] bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
                crc = crc >> 1 ^ ((crc & 1) * 0xEDB88320);
        }

        return ~crc;
    }
}

/// <summary>A member of a forged archive.</summary>
/// <param name="Path">Its path, written as Latin-1.</param>
/// <param name="Text">Its content.</param>
internal sealed record ForgedMember(string Path, string Text = "x")
{
    public byte[] Bytes { get; init; } = Encoding.UTF8.GetBytes(Text);

    public ushort Method { get; init; } = 8;

    public ushort Flags { get; init; }

    /// <summary>The version of the format that the directory asks for, times ten.</summary>
    public ushort Version { get; init; } = 20;

    public int Mode { get; init; } = 0x81A4;

    public byte[] Extra { get; init; } = [];

    /// <summary>What the local header says in place of the path.</summary>
    public string? LocalPath { get; init; }

    /// <summary>Where the directory says that it lies, when not in its place.</summary>
    public uint? Offset { get; init; }

    public uint CrcChange { get; init; }

    public int SizeChange { get; init; }

    /// <summary>Bytes between the end of the compressed data and the next member that still count as its own.</summary>
    public byte[] Tail { get; init; } = [];

    public byte[] Pack()
    {
        if (Method != 8)
            return [.. Bytes, .. Tail];
        using var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            deflate.Write(Bytes);
        return [.. packed.ToArray(), .. Tail];
    }
}
