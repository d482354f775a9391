using System.Net;
using Wheelhouse.Server.Index.Upstreams.Settings;

namespace Wheelhouse.Server.Index.Upstreams.Asking;

/// <summary>Speaks HTTP with an upstream: with its credentials, on its own origin only, and over redirects that are safe.</summary>
internal sealed class UpstreamHttp : IDisposable
{
    private const int MostRedirects = 5;

    private readonly UpstreamOptions _upstream;
    private readonly HttpClient _http;

    public UpstreamHttp(UpstreamOptions upstream)
    {
        _upstream = upstream;
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectCallback = new AddressGuard(upstream.Address.IdnHost).ConnectAsync,
            ConnectTimeout = upstream.Timeout,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("wheelhouse");
    }

    /// <summary>Gets the head of an answer; its body is still to be read.</summary>
    /// <param name="address">What to get.</param>
    /// <param name="prepare">Adds headers to each request.</param>
    /// <param name="token">Ends it.</param>
    /// <exception cref="UpstreamException">There is no answer, or a redirect that is not safe.</exception>
    public async Task<HttpResponseMessage> GetAsync(Uri address, Action<HttpRequestMessage> prepare, CancellationToken token)
    {
        for (var redirects = 0; ; redirects++)
        {
            var answer = await SendAsync(address, prepare, token);
            if (answer.StatusCode is not (HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.RedirectKeepVerb or HttpStatusCode.PermanentRedirect))
                return answer;
            using (answer)
            {
                if (redirects == MostRedirects) throw new UpstreamException(_upstream.Name, $"redirects more than {MostRedirects} times");
                if (answer.Headers.Location is not { } location) throw new UpstreamException(_upstream.Name, "redirects to nowhere");
                address = FindTarget(address, location) ?? throw new UpstreamException(_upstream.Name, "redirects to what is not http or https, or from https to http");
            }
        }
    }

    /// <summary>Where a link leads; null where a client must not follow it: to another scheme, or from https to http.</summary>
    public static Uri? FindTarget(Uri from, Uri link)
    {
        if (!Uri.TryCreate(from, link, out var target) || target.Scheme is not ("http" or "https")) return null;
        return from.Scheme is "https" && target.Scheme is "http" ? null : target;
    }

    public void Dispose() => _http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(Uri address, Action<HttpRequestMessage> prepare, CancellationToken token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        prepare(request);
        try
        {
            if (IsOwn(address)) request.Headers.Authorization = UpstreamCredentials.Read(_upstream);
            return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token);
        }
        catch (HttpRequestException failure)
        {
            throw new UpstreamException(_upstream.Name, $"cannot be reached: {Reason(failure)}", failure) { IsDown = IsOwn(address) };
        }
        catch (OperationCanceledException slow) when (slow.InnerException is TimeoutException && !token.IsCancellationRequested)
        {
            throw new UpstreamException(_upstream.Name, $"did not take the connection within {_upstream.Timeout.TotalSeconds:0.#} s", slow) { IsDown = IsOwn(address) };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UpstreamException(_upstream.Name, "cannot be asked, since its credentials cannot be read", failure);
        }
    }

    private bool IsOwn(Uri address) =>
        Uri.Compare(address, _upstream.Address, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static string Reason(HttpRequestException failure) => (failure.InnerException?.Message ?? failure.Message).TrimEnd('.');
}
