using System.Net.Http.Headers;
using System.Security.Authentication;
using System.Text;

namespace Wheelhouse.Server.Inventory.Asking;

/// <summary>Asks one source over HTTP, for one answer. Whatever keeps a whole reply from coming is an <see cref="InventoryException"/>.</summary>
public sealed class InventoryConnection : IDisposable
{
    /// <summary>How large a reply may be, in bytes, unpacked.</summary>
    public const int MaxBytes = 32 << 20;

    private const int MostRedirects = 5;

    private readonly HttpClient _http;
    private readonly InventoryFiles _files;
    private readonly List<string> _secrets = [];

    internal InventoryConnection(HttpMessageHandler handler, InventoryFiles files)
    {
        _http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _http.DefaultRequestHeaders.UserAgent.ParseAdd("wheelhouse");
        _files = files;
    }

    /// <summary>Reads a token or password from a file. No message of this connection contains it, even when the source sends it back.</summary>
    /// <exception cref="InventoryException">It cannot be read, or cannot stand in a header.</exception>
    public async Task<string> ReadSecretAsync(string path, CancellationToken cancellationToken)
    {
        var secret = await _files.ReadSecretAsync(path, cancellationToken);
        if (secret.Any(c => c is < ' ' or > '~'))
            throw new InventoryException($"The first line of {path} has a character that is not printable ASCII.", "Write only the secret into it.");
        _secrets.Add(secret);
        return secret;
    }

    /// <summary>Reads the credentials of a query; null when it names none.</summary>
    /// <exception cref="InventoryException">They cannot be read.</exception>
    public async Task<AuthenticationHeaderValue?> ReadCredentialsAsync(string? bearerTokenFile, BasicAuthOptions? basic, CancellationToken cancellationToken)
    {
        if (bearerTokenFile is not null) return new AuthenticationHeaderValue("Bearer", await ReadSecretAsync(bearerTokenFile, cancellationToken));
        if (basic is null) return null;
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{basic.Username}:{await ReadSecretAsync(basic.PasswordFile, cancellationToken)}"));
        _secrets.Add(encoded);
        return new AuthenticationHeaderValue("Basic", encoded);
    }

    /// <summary>Gets a reply, over at most five redirects, none of which leaves the origin (https in place of http apart): credentials are for it alone.</summary>
    /// <param name="address">What to get.</param>
    /// <param name="prepare">Adds headers to each request.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="InventoryException">No reply came, or a redirect that is not followed.</exception>
    public async Task<InventoryReply> GetAsync(Uri address, Action<HttpRequestHeaders> prepare, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            prepare(request.Headers);
            var reply = await SendAsync(request, cancellationToken);
            if ((int)reply.Status is not (301 or 302 or 303 or 307 or 308)) return reply;
            address = FindTarget(address, reply.Headers.Location)
                ?? throw new InventoryException(
                    $"{reply.Request} redirects to {(reply.Headers.Location is { } location ? Display(location) : "nowhere")}.",
                    "Redirects to another host are not followed. Write the URL at which the source answers.");
            if (redirects == MostRedirects)
                throw new InventoryException($"{reply.Request} redirects again, after {MostRedirects} redirects.", "Write the URL at which the source answers.");
        }
    }

    /// <summary>Sends a request and reads the whole reply, whatever its status. Redirects are not followed.</summary>
    /// <exception cref="InventoryException">No reply came, it broke off, or it is too large.</exception>
    public async Task<InventoryReply> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var name = $"{request.Method} {Display(request.RequestUri!)}";
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return new InventoryReply(name, response.StatusCode, response.Headers, await ReadBodyAsync(name, response.Content, cancellationToken), _secrets);
        }
        catch (Exception failure) when (failure.GetBaseException() is AuthenticationException)
        {
            throw new InventoryException(
                $"{name}: the connection is not trusted. {failure.GetBaseException().Message}",
                "Name the source's CA in ca_file, correct its certificate, or write http:// where it speaks no TLS.");
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or InvalidDataException)
        {
            throw new InventoryException(
                $"{name} failed: {(failure.InnerException?.Message ?? failure.Message).TrimEnd('.')}.",
                "Correct the address, or see why the source does not answer.");
        }
        catch (OperationCanceledException slow) when (slow.InnerException is TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            throw new InventoryException($"{name} failed: no connection within 10 s.", "Correct the address, or see why the source does not answer.");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static async Task<byte[]> ReadBodyAsync(string name, HttpContent content, CancellationToken cancellationToken)
    {
        await using var body = await content.ReadAsStreamAsync(cancellationToken);
        using var whole = new MemoryStream();
        var buffer = new byte[64 << 10];
        for (int read; (read = await body.ReadAsync(buffer, cancellationToken)) > 0;)
        {
            if (whole.Length + read > MaxBytes)
                throw new InventoryException($"{name} answered with more than {MaxBytes >> 20} MiB.", "Ask for less: filter in the query.");
            whole.Write(buffer, 0, read);
        }

        return whole.ToArray();
    }

    private static Uri? FindTarget(Uri from, Uri? link) =>
        link is not null && Uri.TryCreate(from, link, out var target) && target.Scheme is "http" or "https"
        && (SameOrigin(from, target) || (from.Scheme is "http" && target.Scheme is "https" && target.IsDefaultPort && from.IdnHost == target.IdnHost))
            ? target
            : null;

    private static bool SameOrigin(Uri one, Uri other) =>
        Uri.Compare(one, other, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    /// <summary>An address without a user and password in it.</summary>
    private static string Display(Uri address) =>
        address.IsAbsoluteUri
            ? address.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo & ~UriComponents.Fragment, UriFormat.UriEscaped)
            : address.OriginalString;
}
