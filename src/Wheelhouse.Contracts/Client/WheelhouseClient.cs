using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Wheelhouse.Contracts.Client;

/// <summary>
/// The API of a Wheelhouse server, typed. Every method throws <see cref="WheelhouseApiException"/> when the server answers with
/// a problem, <see cref="HttpRequestException"/> when it cannot be reached or does not answer in time, and
/// <see cref="JsonException"/> when what answers is not a Wheelhouse server.
/// </summary>
/// <param name="http">A client whose base address ends in a slash; see <see cref="Create"/>.</param>
public sealed partial class WheelhouseClient(HttpClient http) : IDisposable
{
    /// <summary>How the API writes JSON: camelCase names, read without regard to case.</summary>
    public static JsonSerializerOptions Json { get; } = JsonSerializerOptions.Web;

    /// <summary>How long an answer may take, uploads and streams aside: 100 seconds.</summary>
    public static TimeSpan AnswerWithin { get; } = TimeSpan.FromSeconds(100);

    /// <summary>The server's address, with a slash at its end.</summary>
    public Uri Server => http.BaseAddress!;

    /// <summary>
    /// Makes a client with its own connections. It follows no redirect, because that would drop the token: the problem that
    /// it throws instead names the address to use.
    /// </summary>
    /// <param name="server">The server's address, such as <c>https://deploy.example</c>; it may have a path.</param>
    /// <param name="token">The token to send, or null for none.</param>
    /// <param name="userAgent">The program and its version, such as <c>wheelhouse/0.1.0</c>.</param>
    public static WheelhouseClient Create(Uri server, string? token, string userAgent)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseProxy = !server.IsLoopback,
        };
        var client = new HttpClient(handler)
        {
            BaseAddress = server.AbsoluteUri.EndsWith('/') ? server : new Uri(server.AbsoluteUri + "/"),
            Timeout = Timeout.InfiniteTimeSpan,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd(userAgent);
        if (token is not null) client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return new WheelhouseClient(client);
    }

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static string Segment(string name) => Uri.EscapeDataString(name);

    private static HttpContent Body<T>(T value) => JsonContent.Create(value, options: Json);

    private Task<T> GetAsync<T>(string path, CancellationToken token) =>
        AskAsync<T>(new HttpRequestMessage(HttpMethod.Get, path), token);

    private Task<T> PostAsync<T>(string path, HttpContent? body, CancellationToken token) =>
        AskAsync<T>(new HttpRequestMessage(HttpMethod.Post, path) { Content = body }, token);

    private async Task<T> AskAsync<T>(HttpRequestMessage request, CancellationToken token)
    {
        using var response = await SendAsync(request, token);
        return await response.Content.ReadFromJsonAsync<T>(Json, token)
            ?? throw new JsonException($"{request.RequestUri} answered null.");
    }

    /// <summary>Sends, and reads the whole answer, within <see cref="AnswerWithin"/>.</summary>
    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken token)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(token);
        patience.CancelAfter(AnswerWithin);
        try
        {
            return await ProblemReader.EnsureSuccessAsync(await http.SendAsync(request, patience.Token), patience.Token);
        }
        catch (OperationCanceledException) when (!token.IsCancellationRequested)
        {
            throw new HttpRequestException(HttpRequestError.Unknown, $"no answer within {AnswerWithin.TotalSeconds:0} seconds");
        }
    }
}
