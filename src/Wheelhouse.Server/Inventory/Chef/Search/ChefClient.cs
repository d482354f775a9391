using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Wheelhouse.Server.Inventory.Asking;
using Wheelhouse.Server.Inventory.Chef.Settings;
using Wheelhouse.Server.Inventory.Chef.Signing;

namespace Wheelhouse.Server.Inventory.Chef.Search;

/// <summary>Asks an organisation of a Chef server with signed requests.</summary>
internal sealed class ChefClient(ChefAccount account, InventoryConnection connection, TimeProvider clock)
{
    /// <summary>Posts JSON and reads the JSON of the answer.</summary>
    /// <param name="path">The path below the organisation.</param>
    /// <param name="query">The query, escaped, without <c>?</c>.</param>
    /// <param name="body">The body.</param>
    /// <param name="read">Reads the answer; what it throws of <see cref="JsonElement"/>'s exceptions means that the answer has another shape.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InventoryException">There is no answer, or it is anything but success.</exception>
    public async Task<T> PostAsync<T>(string path, string query, byte[] body, Func<JsonElement, T> read, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{account.Organization}/{path}?{query}") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Add("X-Chef-Version", "12.0.0"); // The oldest clients whose answers have today's shape.
        foreach (var (name, value) in Sign(request.RequestUri!, body)) request.Headers.Add(name, value);
        var reply = await connection.SendAsync(request, cancellationToken);
        if (reply.Status is not HttpStatusCode.OK) throw ChefFailures.Explain(account, reply, clock.GetUtcNow());
        var json = reply.ReadJson();
        try
        {
            return read(json);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw reply.Refuse("answered with another shape than Chef's", "Check that the URL is the one of an organisation on a Chef Infra Server 12 or newer.");
        }
    }

    private IEnumerable<KeyValuePair<string, string>> Sign(Uri url, byte[] body)
    {
        try
        {
            return [.. account.Protocol.Sign(new SignedRequest("POST", url.AbsolutePath, body, clock.GetUtcNow()), account.Client, account.Key)];
        }
        catch (CryptographicException e)
        {
            throw new InventoryException($"The request cannot be signed: {e.Message}", "Use a longer key, or 'sign: 1.3'.");
        }
    }
}
