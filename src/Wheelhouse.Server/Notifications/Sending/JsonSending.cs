using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Notifications.Sending;

/// <summary>How notifiers send JSON: to an address that is a secret itself, with a token, or with a key.</summary>
internal static class JsonSending
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Camel case, without members that are null.</summary>
    public static JsonSerializerOptions CamelCase { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Snake case, without members that are null.</summary>
    public static JsonSerializerOptions SnakeCase { get; } = new(CamelCase) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Writes JSON for a person to read.</summary>
    public static string Show(object body, JsonSerializerOptions json) => JsonSerializer.SerializeToNode(body, json)!.ToJsonString(Readable);

    /// <summary>Posts JSON to an incoming webhook, whose address is a secret, and whose path no message repeats.</summary>
    /// <param name="http">What sends.</param>
    /// <param name="webhook">The secret whose value is the address.</param>
    /// <param name="body">The JSON, as UTF-8.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="NotifierException">It was not taken.</exception>
    public static async Task PostToWebhookAsync(this NotifierHttp http, SecretName webhook, byte[] body, CancellationToken cancellationToken)
    {
        var url = await http.ReadUrlAsync(webhook, cancellationToken);
        string[] secrets = [url.OriginalString, url.AbsoluteUri, .. url.PathAndQuery.Length > 1 ? [url.PathAndQuery] : Array.Empty<string>()];
        try
        {
            await http.SendAsync(Request(HttpMethod.Post, url, body), secrets, cancellationToken);
        }
        catch (NotifierException flaw) when (flaw.Status is 401 or 403 or 404 or 410)
        {
            throw flaw.WithFix($"See whether the webhook still exists and may post there, or make a new one and set its address: wheelhouse secrets set {webhook.Name}");
        }
    }

    /// <summary>Sends JSON with a bearer token, or without one to a receiver that asks for none.</summary>
    /// <returns>The body of the answer.</returns>
    /// <exception cref="NotifierException">It was not taken, or the secret cannot be a token.</exception>
    public static async Task<string> SendWithTokenAsync(this NotifierHttp http, HttpMethod method, Uri url, SecretName? secret, byte[] body, CancellationToken cancellationToken)
    {
        if (secret is null) return await http.SendAsync(Request(method, url, body), [], cancellationToken);
        var token = await http.ReadKeyAsync(secret, cancellationToken);
        var request = Request(method, url, body);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await http.SendAsync(request, [token], cancellationToken);
    }

    /// <summary>Posts JSON to a service that wants its key in a header of its own.</summary>
    /// <returns>The body of the answer, and the key, which no message may repeat.</returns>
    /// <exception cref="NotifierException">It was not taken, or the secret cannot be a key.</exception>
    public static async Task<(string Answer, string Key)> PostWithKeyAsync(this NotifierHttp http, Uri url, string header, SecretName secret, byte[] body, CancellationToken cancellationToken)
    {
        var key = await http.ReadKeyAsync(secret, cancellationToken);
        var request = Request(HttpMethod.Post, url, body);
        request.Headers.Add(header, key);
        return (await http.SendAsync(request, [key], cancellationToken), key);
    }

    /// <summary>The same failure with another fix.</summary>
    public static NotifierException WithFix(this NotifierException flaw, string fix) =>
        new(flaw.Message, fix) { IsRefused = flaw.IsRefused, Status = flaw.Status, RetryAfter = flaw.RetryAfter };

    private static HttpRequestMessage Request(HttpMethod method, Uri url, byte[] body)
    {
        var request = new HttpRequestMessage(method, url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        return request;
    }
}
