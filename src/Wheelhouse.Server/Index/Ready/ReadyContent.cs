using Microsoft.Net.Http.Headers;

namespace Wheelhouse.Server.Index.Ready;

/// <summary>Bytes in memory, with the headers that belong to them.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="ContentType">Their media type.</param>
/// <param name="EntityTag">Their strong entity tag, in quotes.</param>
internal sealed record ReadyContent(ReadOnlyMemory<byte> Content, string ContentType, string EntityTag)
{
    /// <summary>How they are encoded; null when they are not.</summary>
    public string? Encoding { get; init; }

    /// <summary>When they were made; null when that is not told.</summary>
    public DateTimeOffset? LastModified { get; init; }

    /// <summary>Whether parts of them are sent.</summary>
    public bool HasRanges { get; init; }

    /// <summary>Answers with them; the framework sees to requests with conditions and ranges.</summary>
    public Task WriteAsync(HttpContext http)
    {
        var response = http.Response;
        if (Encoding is not null) response.Headers.ContentEncoding = Encoding;
        if (HasRanges) ByteRanges.DropOthers(http.Request);
        if (IsConditional(http.Request.Headers))
        {
            return TypedResults.Bytes(
                Content, ContentType, entityTag: EntityTagHeaderValue.Parse(EntityTag), lastModified: LastModified, enableRangeProcessing: HasRanges).ExecuteAsync(http);
        }

        response.ContentType = ContentType;
        response.ContentLength = Content.Length;
        response.Headers.ETag = EntityTag;
        if (LastModified is { } moment) response.Headers.LastModified = HeaderUtilities.FormatDate(moment);
        if (HasRanges) response.Headers.AcceptRanges = "bytes";
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : SendAsync(http);
    }

    private async Task SendAsync(HttpContext http)
    {
        // One segment of the whole length, instead of many small ones, when it is asked for as one.
        var output = http.Response.BodyWriter;
        Content.Span.CopyTo(output.GetSpan(Content.Length));
        output.Advance(Content.Length);
        await output.FlushAsync(http.RequestAborted);
    }

    private static bool IsConditional(IHeaderDictionary headers) =>
        headers.IfNoneMatch.Count + headers.IfModifiedSince.Count + headers.Range.Count + headers.IfMatch.Count + headers.IfUnmodifiedSince.Count > 0;
}
