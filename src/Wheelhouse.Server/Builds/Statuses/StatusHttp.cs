using Wheelhouse.Server.Hosting;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Builds.Statuses;

/// <summary>Speaks HTTP with git hosts. Redirects are not followed, since they would take the token along.</summary>
internal sealed class StatusHttp : IDisposable
{
    private const int ExcerptLength = 200;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        UseCookies = false,
    })
    { Timeout = Patience, MaxResponseContentBufferSize = 1 << 20 };

    public StatusHttp() => _http.DefaultRequestHeaders.UserAgent.ParseAdd($"wheelhouse/{ProgramVersion.Text}");

    /// <summary>Sends a request, once.</summary>
    /// <param name="request">It is disposed.</param>
    /// <param name="secret">What no message may repeat.</param>
    /// <param name="token">Ends it.</param>
    /// <returns>Why it was not taken, and whether another attempt is of no use; null when it was taken.</returns>
    public async Task<(string Error, bool IsRefused)?> SendAsync(HttpRequestMessage request, string secret, CancellationToken token)
    {
        using (request)
        {
            try
            {
                using var response = await _http.SendAsync(request, token);
                if (response.IsSuccessStatusCode) return null;
                var status = (int)response.StatusCode;
                var body = Excerpt.Of(Masked.Of(await response.Content.ReadAsStringAsync(token), [secret]), ExcerptLength);
                return ($"{request.RequestUri!.Host} answered with status {status}{(body.Length == 0 ? "" : $": {body}")}", status is 400 or 422);
            }
            catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !token.IsCancellationRequested))
            {
                return ($"{request.RequestUri!.Host} did not answer: {failure.GetBaseException().Message}", false);
            }
        }
    }

    public void Dispose() => _http.Dispose();
}
