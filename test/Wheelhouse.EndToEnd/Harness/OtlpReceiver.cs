using System.Collections.Concurrent;
using System.Net;

namespace Wheelhouse.EndToEnd.Harness;

/// <summary>Receives traces by OTLP over HTTP on a free port of the loopback address, and keeps every span.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<OtlpSpan> _spans = new();
    private readonly ConcurrentQueue<string> _requests = new();
    private readonly Task _work;

    public OtlpReceiver()
    {
        Url = new Uri($"http://127.0.0.1:{FreePort.Take()}");
        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _work = ReceiveAsync();
    }

    public Uri Url { get; }

    /// <summary>Every span so far.</summary>
    public IReadOnlyCollection<OtlpSpan> Spans => _spans;

    /// <summary>The path and the header <c>x-tenant</c> of every request so far.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _work;
        _listener.Close();
    }

    private async Task ReceiveAsync()
    {
        while (_listener.IsListening)
        {
            HttpListenerContext http;
            try
            {
                http = await _listener.GetContextAsync();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException && !_listener.IsListening)
            {
                return;
            }

            using var body = new MemoryStream();
            await http.Request.InputStream.CopyToAsync(body);
            _requests.Enqueue($"{http.Request.Url!.AbsolutePath} {http.Request.Headers["x-tenant"]}");
            foreach (var span in OtlpSpan.ReadRequest(body.ToArray())) _spans.Enqueue(span);
            http.Response.ContentType = "application/x-protobuf";
            http.Response.Close();
        }
    }
}
