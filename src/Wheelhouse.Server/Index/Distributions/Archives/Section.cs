namespace Wheelhouse.Server.Index.Distributions.Archives;

/// <summary>
/// The next bytes of a stream, for a decompressor. The last one is handed out alone, so that it shows whether the compressed data needs all of them:
/// <see cref="System.IO.Compression.DeflateStream"/> does not say how much of its last read it used.
/// </summary>
internal sealed class Section(Stream source, long length) : Stream
{
    private long _left = length;

    /// <summary>Whether exactly these bytes were needed: all of them, and none after them.</summary>
    public bool IsUsedUp => _left == 0 && !WantedMore;

    /// <summary>Whether the data ended before the decompressor was done.</summary>
    public bool WantedMore { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer) => Took(source.Read(buffer[..Next(buffer.Length)]));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Took(await source.ReadAsync(buffer[..Next(buffer.Length)], cancellationToken));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private int Next(int wanted) => (int)Math.Min(wanted, _left > 1 ? _left - 1 : _left);

    private int Took(int count)
    {
        WantedMore |= count == 0;
        _left -= count;
        return count;
    }
}
