using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Inventory.Asking;

/// <summary>What a source answered over HTTP: all of it.</summary>
/// <param name="request">Method and URL, without credentials, for messages.</param>
/// <param name="status">The status.</param>
/// <param name="headers">The headers.</param>
/// <param name="body">The body, unpacked.</param>
/// <param name="secrets">What no message may repeat.</param>
public sealed class InventoryReply(string request, HttpStatusCode status, HttpResponseHeaders headers, byte[] body, IReadOnlyCollection<string> secrets)
{
    private const int ExcerptLength = 200;
    private const int ReasonLength = 400;

    /// <summary>Method and URL, without credentials, for messages.</summary>
    public string Request { get; } = request;

    /// <summary>The status.</summary>
    public HttpStatusCode Status { get; } = status;

    /// <summary>The headers.</summary>
    public HttpResponseHeaders Headers { get; } = headers;

    /// <summary>The body, unpacked.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>Reads the JSON of a reply with status 200; any other status is an error, 204 and 206 too.</summary>
    /// <exception cref="InventoryException">The status is another, or the body is not JSON.</exception>
    public JsonElement ReadJson()
    {
        if (Status is not HttpStatusCode.OK)
            throw Refuse($"answered with status {(int)Status}", Status switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => "Give credentials with which the source may be read.",
                HttpStatusCode.NotFound => "Correct the address.",
                _ => "See the source's own log.",
            });
        return InventoryJson.Parse(Body, flaw => Refuse($"answered with what is not JSON ({flaw})", "Correct the address, or see what the source answers there."));
    }

    /// <summary>An error about this reply: method, URL, what the source did, and the beginning of the body.</summary>
    /// <param name="says">What the source did, such as <c>answered with status 500</c>; it may repeat parts of the reply.</param>
    /// <param name="fix">What to do about it.</param>
    public InventoryException Refuse(string says, string fix)
    {
        // Secrets go before the cut, which could leave half of one.
        var came = Excerpt.Of(Hide(Encoding.UTF8.GetString(Body.Span[..Math.Min(Body.Length, 16 << 10)])), ExcerptLength);
        return new InventoryException($"{Hide(Request)} {Excerpt.Of(Hide(says), ReasonLength)}{(came.Length == 0 ? ", and no text." : $": {came}")}", fix);
    }

    private string Hide(string text) => secrets.Aggregate(text, (shown, secret) => shown.Replace(secret, "***", StringComparison.Ordinal));
}
