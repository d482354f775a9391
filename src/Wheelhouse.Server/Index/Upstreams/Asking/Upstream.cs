using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Wheelhouse.Python;
using Wheelhouse.Python.SimpleApi;
using Wheelhouse.Server.Index.Upstreams.Settings;

namespace Wheelhouse.Server.Index.Upstreams.Asking;

/// <summary>Another index, asked over its simple API in JSON (PEP 691) or HTML (PEP 503).</summary>
internal sealed class Upstream(UpstreamOptions options, TimeProvider time) : IDisposable
{
    /// <summary>The largest page that is read, in bytes; the largest of PyPI have a fifth of it.</summary>
    public const int MaxPage = 64 << 20;

    /// <summary>How long one that is down is not asked again.</summary>
    public static readonly TimeSpan RestAfterFailure = TimeSpan.FromSeconds(10);

    private const string Accept = $"{SimpleMediaTypes.Json}, {SimpleMediaTypes.Html};q=0.2, {SimpleMediaTypes.PlainHtml};q=0.1";

    private readonly UpstreamHttp _http = new(options);
    private readonly IReadOnlyList<NamePattern> _include = NamePattern.ReadAll(options.Include);
    private readonly IReadOnlyList<NamePattern> _exclude = NamePattern.ReadAll(options.Exclude);
    private volatile Failure? _failure;

    public string Name => options.Name;

    public UpstreamOptions Options => options;

    /// <summary>Whether a project is looked up here, by its normalised name.</summary>
    public bool Serves(string project) =>
        (_include.Count == 0 || _include.Any(pattern => pattern.Matches(project))) && !_exclude.Any(pattern => pattern.Matches(project));

    /// <summary>Asks for the page of a project.</summary>
    /// <param name="project">Its normalised name.</param>
    /// <param name="known">The tags of the page that is known, so that it is sent only when it has changed; null for none.</param>
    /// <param name="token">Ends asking.</param>
    /// <exception cref="UpstreamException">There is no answer that can be understood, or it was down a moment ago.</exception>
    public async Task<PageAnswer> GetPageAsync(string project, PageTags? known, CancellationToken token)
    {
        if (_failure is { } last && time.GetElapsedTime(last.At) < RestAfterFailure) throw new UpstreamException(Name, last.Problem) { IsDown = true };
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
            limit.CancelAfter(options.Timeout);
            var answer = await GetPageWithinAsync(project, known, limit.Token);
            _failure = null;
            return answer;
        }
        catch (OperationCanceledException slow) when (!token.IsCancellationRequested)
        {
            throw Remember(new(Name, $"did not send the page of {project} within {options.Timeout.TotalSeconds:0.#} s", slow) { IsDown = true });
        }
        catch (Exception broken) when (broken is HttpRequestException or InvalidDataException or PythonFormatException)
        {
            throw new UpstreamException(Name, $"sent a page of {project} that cannot be read: {broken.Message.TrimEnd('.')}", broken);
        }
        catch (UpstreamException failure)
        {
            throw Remember(failure);
        }
    }

    /// <summary>Begins to read a file or its metadata, as it is; nothing is decoded.</summary>
    /// <exception cref="UpstreamException">It is not given.</exception>
    public async Task<HttpResponseMessage> GetFileAsync(Uri address, CancellationToken token)
    {
        var answer = await _http.GetAsync(address, request => request.Headers.AcceptEncoding.Add(new("identity")), token);
        if (answer.StatusCode is HttpStatusCode.OK) return answer;
        using (answer) throw new UpstreamException(Name, $"answers {(int)answer.StatusCode} for {address.Segments[^1]}");
    }

    public void Dispose() => _http.Dispose();

    private async Task<PageAnswer> GetPageWithinAsync(string project, PageTags? known, CancellationToken token)
    {
        using var answer = await _http.GetAsync(new(options.Address, $"{project}/"), request => Prepare(request, known), token);
        switch (answer.StatusCode)
        {
            case HttpStatusCode.NotFound or HttpStatusCode.Gone:
                return PageAnswer.Missing;
            case HttpStatusCode.NotModified when known is not null:
                return PageAnswer.Unchanged;
            case not HttpStatusCode.OK:
                throw new UpstreamException(Name, $"answers {(int)answer.StatusCode} for {project}") { IsDown = (int)answer.StatusCode >= 500 };
        }

        var body = await ReadAsync(project, answer.Content, token);
        var page = answer.Content.Headers.ContentType?.MediaType switch
        {
            SimpleMediaTypes.Json or "application/json" => SimpleJsonReader.Read(body),
            SimpleMediaTypes.Html or SimpleMediaTypes.PlainHtml or "application/xhtml+xml" => SimpleHtmlReader.Read(project, Encoding.UTF8.GetString(body.Span)),
            var type => throw new UpstreamException(Name, $"sent '{type}' as the page of {project}, which is neither JSON nor HTML of the simple API"),
        };
        return new(PageState.Found, page)
        {
            Address = answer.RequestMessage!.RequestUri!,
            Tags = new(answer.Headers.ETag?.ToString(), answer.Content.Headers.LastModified),
        };
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(string project, HttpContent content, CancellationToken token)
    {
        await using var raw = await content.ReadAsStreamAsync(token);
        await using var plain = content.Headers.ContentEncoding.Contains("gzip", StringComparer.OrdinalIgnoreCase) ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        var body = new MemoryStream();
        // The whole page has its time; its pieces need none of their own.
        if (await BoundedReading.ReadAsync(plain, MaxPage, Timeout.InfiniteTimeSpan, (bytes, end) => body.WriteAsync(bytes, end), token) is null)
            throw new UpstreamException(Name, $"sent a page of {project} that is larger than {MaxPage >> 20} MiB");
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static void Prepare(HttpRequestMessage request, PageTags? known)
    {
        request.Headers.TryAddWithoutValidation("Accept", Accept);
        request.Headers.AcceptEncoding.Add(new("gzip"));
        if (known?.ETag is { } tag) request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(tag));
        else if (known?.LastModified is { } moment) request.Headers.IfModifiedSince = moment;
    }

    private UpstreamException Remember(UpstreamException failure)
    {
        if (failure.IsDown) _failure = new(failure.Problem, time.GetTimestamp());
        return failure;
    }

    private sealed record Failure(string Problem, long At);
}
