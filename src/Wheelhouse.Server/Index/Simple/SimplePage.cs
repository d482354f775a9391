using System.Collections.Concurrent;
using Wheelhouse.Server.Index.Ready;

namespace Wheelhouse.Server.Index.Simple;

/// <summary>A page of the simple API in one form, ready to send in every coding; each coding is made when it is first asked for.</summary>
/// <param name="content">Its bytes.</param>
/// <param name="contentType">Its media type.</param>
internal sealed class SimplePage(byte[] content, string contentType) : IReadyAnswer
{
    private readonly string _tag = EntityTag.TextOf(content);
    private readonly ConcurrentDictionary<ContentCoding, ReadyContent> _codings = new(concurrencyLevel: 1, capacity: 4);

    /// <summary>Codings make a page so much smaller that they count little.</summary>
    public long Size => content.Length * 2L;

    /// <inheritdoc/>
    public Task WriteAsync(HttpContext http)
    {
        http.Response.Headers.Vary = "Accept, Accept-Encoding";
        http.Response.Headers.CacheControl = "no-cache";
        return In(Negotiation.CodingFor(http.Request)).WriteAsync(http);
    }

    private ReadyContent In(ContentCoding coding) =>
        _codings.TryGetValue(coding, out var made) ? made : _codings.GetOrAdd(coding, Make);

    /// <summary>Each coding has other bytes and so another strong tag.</summary>
    private ReadyContent Make(ContentCoding coding) => coding == ContentCoding.Identity
        ? new(content, contentType, $"\"{_tag}\"")
        : new(coding.Encode(content), contentType, $"\"{_tag}-{coding.Name}\"") { Encoding = coding.Name };
}
