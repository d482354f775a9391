namespace Wheelhouse.Server.Index.Files;

/// <summary>
/// Lets those who keep and remove the same bytes do so one after the other, so that nobody removes the bytes of a file that somebody else is recording.
/// </summary>
internal sealed class StoreTurns : IDisposable
{
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Waits for the turn on some bytes; disposing the result ends it.</summary>
    /// <param name="sha256">The hash of the bytes, in hexadecimal.</param>
    /// <param name="token">Ends waiting.</param>
    public async Task<IDisposable> TakeAsync(string sha256, CancellationToken token)
    {
        var turn = _turns[Convert.ToInt32(sha256[..2], 16) % _turns.Length];
        await turn.WaitAsync(token);
        return new Turn(turn);
    }

    public void Dispose()
    {
        foreach (var turn in _turns)
            turn.Dispose();
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
