using Microsoft.Extensions.Options;
using Wheelhouse.Server.Index.Upstreams.Asking;
using Wheelhouse.Server.Index.Upstreams.Settings;

namespace Wheelhouse.Server.Index.Upstreams.Pages;

/// <summary>
/// Asks the upstreams for a project, in order. The first that has it gives the whole page: were files of several put together, whoever may upload to
/// the last could add a newer version to what the first has. For the same reason the next one is not asked when one fails, and when one had the
/// project and lost it.
/// </summary>
internal sealed class PageRefresh(UpstreamPolicy policy, PageChecks checks, IOptions<UpstreamsOptions> options, IndexChanges changes, TimeProvider time)
{
    /// <summary>Asks, and keeps what has changed.</summary>
    /// <param name="project">The normalised name.</param>
    /// <param name="kept">The page that is kept; null for none.</param>
    /// <param name="token">Ends asking.</param>
    /// <returns>The page; null when no upstream has the project.</returns>
    /// <exception cref="UpstreamException">One of them fails.</exception>
    public async Task<UpstreamPage?> AskAsync(string project, UpstreamPage? kept, CancellationToken token)
    {
        foreach (var upstream in policy.For(project))
        {
            var known = kept is not null && string.Equals(kept.Upstream, upstream.Name, StringComparison.Ordinal) ? kept : null;
            var answer = await upstream.GetPageAsync(project, known is { IsGone: false } ? new(known.ETag, known.LastModified) : null, token);
            if (answer.State is PageState.Missing && known is null) continue;
            var page = answer.State switch
            {
                PageState.Found => ListingReader.Read(upstream.Name, project, answer, known, time.GetUtcNow()),
                PageState.Missing => known! with { IsGone = true },
                _ => known!,
            };
            if (!ReferenceEquals(page, known) && !(page.IsGone && known!.IsGone)) await KeepAsync(project, page);
            checks.Remember(project, page.IsGone ? options.Value.MissingFor : options.Value.FreshFor, page.IsGone);
            return page;
        }

        checks.Remember(project, options.Value.MissingFor, isMissing: true);
        return null;
    }

    private Task<bool> KeepAsync(string project, UpstreamPage page)
    {
        var bytes = page.ToBytes();
        return changes.WriteAsync(project, context =>
        {
            if (context.Find<UpstreamPageRow>(project) is { } row) (row.Upstream, row.Page) = (page.Upstream, bytes);
            else context.Add(new UpstreamPageRow { Project = project, Upstream = page.Upstream, Page = bytes });
            return true;
        });
    }
}
