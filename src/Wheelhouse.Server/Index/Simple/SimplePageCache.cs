using Microsoft.Extensions.Caching.Memory;

namespace Wheelhouse.Server.Index.Simple;

/// <summary>Keeps the pages used most recently, up to 64 MiB. Their keys change with what they show, so none is ever stale.</summary>
internal sealed class SimplePageCache : IDisposable
{
    private readonly MemoryCache _pages = new(new MemoryCacheOptions { SizeLimit = 64 << 20 });

    public SimplePage? Find(string key) => _pages.TryGetValue<SimplePage>(key, out var page) ? page : null;

    public void Keep(string key, SimplePage page) =>
        _pages.Set(key, page, new MemoryCacheEntryOptions { Size = page.Content.Length + 512, SlidingExpiration = TimeSpan.FromHours(1) });

    public void Dispose() => _pages.Dispose();
}
