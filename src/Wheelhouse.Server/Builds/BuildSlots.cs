namespace Wheelhouse.Server.Builds;

/// <summary>The places that builds have on this server; who comes first gets the next.</summary>
internal sealed class BuildSlots(BuildOptions options) : IDisposable
{
    private readonly SemaphoreSlim _free = new(options.Parallel);

    /// <summary>Waits for a place; disposing what it returns gives it back.</summary>
    public async Task<IDisposable> TakeAsync(CancellationToken token)
    {
        await _free.WaitAsync(token);
        return new Slot(_free);
    }

    public void Dispose() => _free.Dispose();

    private sealed class Slot(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
