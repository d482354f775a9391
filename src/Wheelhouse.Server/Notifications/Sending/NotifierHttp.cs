using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Hosting;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Secrets;

namespace Wheelhouse.Server.Notifications.Sending;

/// <summary>
/// What notifiers speak HTTP with: they build a request, and whatever is not a good answer to it becomes a <see cref="NotifierException"/>, without the
/// secrets that were used. Redirects are not followed. The proxy is the one of the server's environment (<c>HTTPS_PROXY</c>, <c>NO_PROXY</c>).
/// </summary>
public sealed class NotifierHttp : IDisposable
{
    private const int MaxReply = 256 * 1024;
    private const int ExcerptLength = 200;

    private readonly SecretStore _secrets;
    private readonly TimeProvider _time;
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        UseCookies = false,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Opens no connection yet.</summary>
    public NotifierHttp(SecretStore secrets, TimeProvider time)
    {
        (_secrets, _time) = (secrets, time);
        _http.DefaultRequestHeaders.UserAgent.ParseAdd($"wheelhouse/{ProgramVersion.Text}");
    }

    /// <summary>Reads a secret.</summary>
    /// <exception cref="NotifierException">There is none of the name, or it cannot be read.</exception>
    public async Task<string> ReadSecretAsync(SecretName name, CancellationToken cancellationToken)
    {
        try
        {
            return await _secrets.FindAsync(name, cancellationToken) ?? throw Missing(name, "does not exist");
        }
        catch (CryptographicException)
        {
            throw Missing(name, "was sealed with other keys than the data directory has");
        }
    }

    /// <summary>Reads a secret that goes into a header, such as a token.</summary>
    /// <exception cref="NotifierException">There is none of the name, or it cannot stand there.</exception>
    public async Task<string> ReadKeyAsync(SecretName name, CancellationToken cancellationToken)
    {
        var key = (await ReadSecretAsync(name, cancellationToken)).Trim();
        return key.Length > 0 && key.All(c => char.IsAscii(c) && !char.IsControl(c) && c != ' ')
            ? key
            : throw Missing(name, "is no token or key: it has spaces, line breaks or letters that none has");
    }

    /// <summary>Reads a secret that is a URL.</summary>
    /// <exception cref="NotifierException">There is none of the name, or it is no URL.</exception>
    public async Task<Uri> ReadUrlAsync(SecretName name, CancellationToken cancellationToken) =>
        Uri.TryCreate((await ReadSecretAsync(name, cancellationToken)).Trim(), UriKind.Absolute, out var url) && url.Scheme is "https" or "http"
            ? url
            : throw Missing(name, "is not a URL that begins with https://");

    /// <summary>Sends a request, once.</summary>
    /// <param name="request">It is disposed.</param>
    /// <param name="secrets">What no message may repeat.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The body of the answer.</returns>
    /// <exception cref="NotifierException">No answer came, or one with a status that is not from 200 to 299.</exception>
    public async Task<string> SendAsync(HttpRequestMessage request, IReadOnlyCollection<string> secrets, CancellationToken cancellationToken)
    {
        using (request)
        {
            var target = $"{request.Method} {request.RequestUri!.Scheme}://{request.RequestUri.Authority}";
            try
            {
                using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                var body = await ReadAsync(response, cancellationToken);
                return response.IsSuccessStatusCode ? body : throw Refused(target, response, Excerpt.Of(Masked.Of(body, secrets), ExcerptLength), secrets.Count > 0);
            }
            catch (Exception failure) when (failure.GetBaseException() is AuthenticationException)
            {
                throw new NotifierException($"{target}: the connection is not trusted. {failure.GetBaseException().Message}", "Correct the receiver's certificate, or have this machine trust its CA.");
            }
            catch (Exception failure) when (failure is HttpRequestException or IOException)
            {
                throw new NotifierException($"{target} failed: {Masked.Of((failure.InnerException?.Message ?? failure.Message).TrimEnd('.'), secrets)}.", "Correct the address, or see why the receiver does not answer.");
            }
            catch (OperationCanceledException slow) when (slow.InnerException is TimeoutException && !cancellationToken.IsCancellationRequested)
            {
                throw new NotifierException($"{target} failed: no connection within 10 s.", "Correct the address, or see why the receiver does not answer.");
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>The beginning of the body, as far as it comes: the status says whether the receiver took the message.</summary>
    private static async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var bytes = new byte[MaxReply];
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var length = 0;
        while (length < bytes.Length && await TryReadAsync(body, bytes.AsMemory(length), cancellationToken) is > 0 and var read) length += read;
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private static async Task<int> TryReadAsync(Stream body, Memory<byte> into, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(into, cancellationToken);
        }
        catch (Exception failure) when (failure is IOException or HttpRequestException or InvalidDataException)
        {
            return 0;
        }
    }

    private NotifierException Refused(string target, HttpResponseMessage response, string excerpt, bool hasSecret)
    {
        var status = (int)response.StatusCode;
        var after = response.Headers.RetryAfter;
        return new NotifierException($"{target} answered with status {status}{(excerpt.Length == 0 ? "" : $": {excerpt}")}", status switch
        {
            401 or 403 => hasSecret ? "Correct the channel's secret." : "Give the channel a secret: the receiver asks who is there.",
            404 or 410 => "Correct the channel's address: the receiver does not know it (any more).",
            >= 300 and < 400 => "Write the address at which the receiver answers: redirects are not followed.",
            400 or 413 or 415 or 422 => "Correct the channel's options or templates, then send it again.",
            _ => null,
        })
        {
            // The receiver read this message and does not take it; with any other status, another attempt may be taken.
            IsRefused = status is 400 or 413 or 415 or 422,
            Status = status,
            RetryAfter = after?.Delta ?? (after?.Date is { } date && date > _time.GetUtcNow() ? date - _time.GetUtcNow() : null),
        };
    }

    private static NotifierException Missing(SecretName name, string what) =>
        new($"The secret '{name.Name}' {what}.", $"Set it: wheelhouse secrets set {name.Name}");
}
