using System.Buffers;
using System.Text;
using Wheelhouse.Python.SimpleApi;

namespace Wheelhouse.Server.Index.Simple;

/// <summary>A page of the simple API, ready to send.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="EntityTag">Its strong entity tag, in quotes.</param>
internal sealed record SimplePage(ReadOnlyMemory<byte> Content, string ContentType, string EntityTag);

/// <summary>Writes pages of the simple API from the index. Pages of the present are kept until the project changes, within a limit of memory.</summary>
internal sealed class SimplePages(IndexQueries index, SimplePageCache cache)
{
    /// <summary>The page of all projects.</summary>
    public async Task<SimplePage> FindListAsync(DateTimeOffset? until, string mediaType, CancellationToken token)
    {
        var names = new SimpleProjectList(await index.ListProjectsAsync(until, token));
        var content = mediaType is SimpleMediaTypes.Json
            ? Json(output => SimpleJsonWriter.Write(output, names))
            : Html(output => SimpleHtmlWriter.Write(output, names));
        return new(content, ContentTypeOf(mediaType), EntityTag.Of(content.Span));
    }

    /// <summary>The page of a project; null when it has no files.</summary>
    /// <param name="project">The normalised name.</param>
    /// <param name="until">The moment it shows, or null for now.</param>
    /// <param name="mediaType">One of <see cref="SimpleMediaTypes"/>.</param>
    /// <param name="depth">How many folders deep the page lies, which the relative links lead out of.</param>
    /// <param name="token">Ends the queries.</param>
    public async Task<SimplePage?> FindProjectAsync(string project, DateTimeOffset? until, string mediaType, int depth, CancellationToken token)
    {
        var stamp = await index.FindStampAsync(project, until, token);
        if (stamp is null)
            return null;
        var key = $"{stamp} {depth} {mediaType}";
        if (cache.Find(key) is { } kept)
            return kept;
        var files = await index.ListFilesAsync(project, until, token);
        var root = string.Concat(Enumerable.Repeat("../", depth));
        var page = new SimpleProject(project, [.. files.Select(f => f.Version.ToString()).Distinct(StringComparer.Ordinal)], [.. files.Select(f => ToSimple(f, root))]);
        var content = mediaType is SimpleMediaTypes.Json
            ? Json(output => SimpleJsonWriter.Write(output, page))
            : Html(output => SimpleHtmlWriter.Write(output, page));
        var made = new SimplePage(content, ContentTypeOf(mediaType), EntityTag.Of(content.Span));
        cache.Keep(key, made);
        return made;
    }

    private static SimpleFile ToSimple(IndexFile file, string root) => new()
    {
        FileName = file.FileName,
        Url = string.Concat(root, file.UrlPath.AsSpan(1)),
        Sha256 = file.Sha256,
        Size = file.Size,
        UploadTime = file.UploadedAt,
        RequiresPython = file.RequiresPython,
        MetadataSha256 = file.MetadataSha256,
    };

    private static string ContentTypeOf(string mediaType) => mediaType is SimpleMediaTypes.Json ? mediaType : $"{mediaType}; charset=utf-8";

    private static ReadOnlyMemory<byte> Json(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return output.WrittenMemory;
    }

    private static ReadOnlyMemory<byte> Html(Action<TextWriter> write)
    {
        using var output = new StringWriter();
        write(output);
        return Encoding.UTF8.GetBytes(output.ToString());
    }
}
