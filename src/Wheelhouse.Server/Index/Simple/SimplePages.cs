using System.Buffers;
using System.Text;
using Wheelhouse.Python.SimpleApi;
using Wheelhouse.Server.Index.Ready;
using Wheelhouse.Server.Index.Upstreams.Pages;

namespace Wheelhouse.Server.Index.Simple;

/// <summary>Writes pages of the simple API from the index. Those of the present are kept ready until the project changes, within a limit of memory.</summary>
internal sealed class SimplePages(IndexQueries index, UpstreamListing upstreams, IndexGenerations generations, ReadyCache cache)
{
    /// <summary>The page of all projects.</summary>
    public async Task<SimplePage> FindListAsync(DateTimeOffset? until, string mediaType, CancellationToken token)
    {
        var generation = generations.Of(IndexGenerations.AllProjects);
        var names = new SimpleProjectList(await index.ListProjectsAsync(until, token));
        var page = mediaType is SimpleMediaTypes.Json
            ? Json(output => SimpleJsonWriter.Write(output, names))
            : Html(mediaType, output => SimpleHtmlWriter.Write(output, names));
        if (until is null) cache.Keep(ReadyAnswers.KeyOfPage("/simple/", mediaType), page, generation);
        return page;
    }

    /// <summary>The page of a project; null when neither this index nor an upstream has files of it.</summary>
    /// <param name="project">The normalised name.</param>
    /// <param name="until">The moment it shows, or null for now.</param>
    /// <param name="mediaType">One of <see cref="SimpleMediaTypes"/>.</param>
    /// <param name="depth">How many folders deep the page lies, which the relative links lead out of.</param>
    /// <param name="token">Ends the queries.</param>
    public async Task<SimplePage?> FindProjectAsync(string project, DateTimeOffset? until, string mediaType, int depth, CancellationToken token)
    {
        var generation = generations.Of(project);
        var root = string.Concat(Enumerable.Repeat("../", depth));
        var (simple, freshUntil) = await index.FindProjectFilesAsync(project, until, token) is { } found ? (ToSimple(project, found, root), null)
            : await upstreams.FindAsync(project, until, root, token) is { } listed ? (listed.Page, listed.FreshUntil)
            : ((SimpleProject?)null, (DateTimeOffset?)null);
        if (simple is null) return null;
        var page = mediaType is SimpleMediaTypes.Json
            ? Json(output => SimpleJsonWriter.Write(output, simple))
            : Html(mediaType, output => SimpleHtmlWriter.Write(output, simple));
        if (until is null) cache.Keep(ReadyAnswers.KeyOfPage($"/simple/{project}/", mediaType), page, generation, freshUntil);
        return page;
    }

    private static SimpleProject ToSimple(string project, ProjectFiles found, string root) => new(
        project, [.. found.Files.Select(f => f.Version.ToString()).Distinct(StringComparer.Ordinal)], [.. found.Offered.Select(f => ToSimple(f, root))])
    {
        Status = found.Status,
        StatusReason = found.StatusReason,
    };

    private static SimpleFile ToSimple(IndexFile file, string root) => new()
    {
        FileName = file.FileName,
        Url = string.Concat(root, file.UrlPath.AsSpan(1)),
        Sha256 = file.Sha256,
        Size = file.Size,
        UploadTime = file.UploadedAt,
        RequiresPython = file.RequiresPython,
        MetadataSha256 = file.MetadataSha256,
        Yanked = file.Yanked,
    };

    private static SimplePage Json(Action<IBufferWriter<byte>> write)
    {
        var output = new ArrayBufferWriter<byte>();
        write(output);
        return new(output.WrittenSpan.ToArray(), SimpleMediaTypes.Json);
    }

    private static SimplePage Html(string mediaType, Action<TextWriter> write)
    {
        using var output = new StringWriter();
        write(output);
        return new(Encoding.UTF8.GetBytes(output.ToString()), $"{mediaType}; charset=utf-8");
    }
}
