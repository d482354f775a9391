using System.IO.Compression;
using System.Text;

namespace Wheelhouse.Tests.Index.Rejections;

/// <summary>Writes tar archives that no honest program writes (POSIX.1-2017 pax).</summary>
internal static class ForgedTar
{
    private const int Block = 512;

    /// <summary>An sdist as it should be, but for some blocks after its PKG-INFO.</summary>
    public static byte[] Sdist(params byte[][] more) => Gzip([.. Member("acme-1.0/PKG-INFO", '0', Archives.Metadata()), .. more.SelectMany(bytes => bytes), .. End]);

    /// <summary>The two empty blocks at the end.</summary>
    public static byte[] End { get; } = new byte[2 * Block];

    /// <summary>A header and its data.</summary>
    public static byte[] Member(string path, char type, string data = "", string target = "", string magic = "ustar\000", string prefix = "", int? size = null)
    {
        var content = Encoding.UTF8.GetBytes(data);
        var bytes = new byte[Block + (content.Length + Block - 1) / Block * Block];
        Put(bytes, 0, path);
        Put(bytes, 100, "0000644");
        Put(bytes, 124, Convert.ToString(size ?? content.Length, 8).PadLeft(11, '0'));
        Put(bytes, 148, "        ");
        Put(bytes, 156, type.ToString());
        Put(bytes, 157, target);
        Put(bytes, 257, magic);
        Put(bytes, 345, prefix);
        Put(bytes, 148, Convert.ToString(bytes.Take(Block).Sum(value => value), 8).PadLeft(6, '0') + "\0");
        content.CopyTo(bytes, Block);
        return bytes;
    }

    /// <summary>An extended header with records.</summary>
    public static byte[] Pax(char type, params (string Key, string Value)[] records) =>
        Member("acme-1.0/PaxHeaders/x", type, string.Concat(records.Select(record => Record($" {record.Key}={record.Value}\n"))));

    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    private static string Record(string rest)
    {
        var length = rest.Length + 1;
        while (length != rest.Length + $"{length}".Length)
            length = rest.Length + $"{length}".Length;
        return $"{length}{rest}";
    }

    private static void Put(byte[] bytes, int at, string text) => Encoding.Latin1.GetBytes(text).CopyTo(bytes, at);
}
