namespace Wheelhouse.Server.Index.Ready;

/// <summary>Ranges are of bytes; the framework takes those of every unit for such.</summary>
internal static class ByteRanges
{
    private const string Unit = "bytes=";

    /// <summary>Forgets ranges in another unit, which get the whole as if they had not been asked for (RFC 9110, 14.2).</summary>
    public static void DropOthers(HttpRequest request)
    {
        if (request.Headers.Range is [{ } range, ..] && !range.StartsWith(Unit, StringComparison.OrdinalIgnoreCase)) request.Headers.Remove("Range");
    }
}
