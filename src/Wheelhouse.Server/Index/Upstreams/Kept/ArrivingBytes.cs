using System.Diagnostics.CodeAnalysis;

namespace Wheelhouse.Server.Index.Upstreams.Kept;

/// <summary>
/// The bytes of a file that is being fetched, for those who cannot wait for all of it. The last byte is not given out here: only when the whole
/// file was found to be the right one, it is, so that nobody gets a whole wrong one.
/// </summary>
/// <param name="content">Takes the bytes, and gives them again.</param>
/// <param name="size">How many there will be.</param>
[SuppressMessage("Design", "CA1001", Justification = "Readers may come after the end, and a semaphore without a wait handle has nothing to free.")]
internal sealed class ArrivingBytes(Stream content, long size)
{
    private readonly SemaphoreSlim _turn = new(1);
    private TaskCompletionSource _more = NewSignal();
    private long _written;
    private bool _isOver;

    /// <summary>How many bytes there will be.</summary>
    public long Size => size;

    /// <summary>Adds bytes at the end.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken token)
    {
        await _turn.WaitAsync(token);
        try
        {
            content.Position = _written;
            await content.WriteAsync(bytes, token);
            _written += bytes.Length;
        }
        finally
        {
            Signal();
        }
    }

    /// <summary>Reads bytes from a place on, and waits until there are some.</summary>
    /// <returns>How many were read; 0 when there will be no more here.</returns>
    public async ValueTask<int> ReadAsync(long position, Memory<byte> buffer, CancellationToken token)
    {
        while (true)
        {
            var more = Volatile.Read(ref _more).Task;
            await _turn.WaitAsync(token);
            try
            {
                if (_isOver) return 0;
                var count = (int)Math.Min(buffer.Length, Math.Min(_written, size - 1) - position);
                if (count > 0)
                {
                    content.Position = position;
                    return await content.ReadAsync(buffer[..count], token);
                }
            }
            finally
            {
                _turn.Release();
            }

            await more.WaitAsync(token);
        }
    }

    /// <summary>Ends reading here: from now on the content is somebody else's.</summary>
    public async Task EndAsync()
    {
        await _turn.WaitAsync();
        _isOver = true;
        Signal();
    }

    private void Signal()
    {
        _turn.Release();
        Interlocked.Exchange(ref _more, NewSignal()).SetResult();
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
