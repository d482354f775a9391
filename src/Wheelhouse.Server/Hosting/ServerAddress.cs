using System.Net;

namespace Wheelhouse.Server.Hosting;

/// <summary>Where this server is reached.</summary>
/// <param name="options">The settings.</param>
public sealed class ServerAddress(ServerOptions options)
{
    private readonly TaskCompletionSource<IReadOnlyList<string>> _bound = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The addresses that it listens on, with the real ports; ends once it listens.</summary>
    public Task<IReadOnlyList<string>> Bound => _bound.Task;

    /// <summary>The address for people and nodes.</summary>
    /// <exception cref="InvalidOperationException">The setting <c>public_url</c> is not given and the server does not listen yet.</exception>
    public Uri PublicUrl => options.PublicUrl is { } url ? new Uri(url)
        : Bound.IsCompletedSuccessfully ? Derive(Bound.Result[0])
        : throw new InvalidOperationException("The server does not listen yet, so its address is not known.");

    /// <summary><see cref="PublicUrl"/> as text without a slash at the end, to put paths behind.</summary>
    public string PublicText => PublicUrl.ToString().TrimEnd('/');

    internal void SetBound(IReadOnlyList<string> urls) => _bound.TrySetResult(urls);

    private static Uri Derive(string url)
    {
        var uri = new UriBuilder(url.Replace("://[::]", "://0.0.0.0", StringComparison.Ordinal));
        if (uri.Host == "0.0.0.0") uri.Host = Dns.GetHostName();
        return uri.Uri;
    }
}
