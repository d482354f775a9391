using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Wheelhouse.Server.Index.Upstreams.Asking;
using Wheelhouse.Server.Index.Upstreams.Settings;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Upstreams.Pages;

/// <summary>The pages of projects that upstreams have: kept here, and asked for again when they are no longer fresh.</summary>
internal sealed class UpstreamPages(
    UpstreamPolicy policy, PageRefresh refresh, PageChecks checks, IOptions<UpstreamsOptions> options, IDbContextFactory<WheelhouseContext> contexts,
    SharedWork<UpstreamPage?> work, ILogger<UpstreamPages> logger)
{
    /// <summary>How long a page that is not fresh waits for its upstream before it is given out as it is.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The page of a project; null when no upstream has it, or none may be asked for it.</summary>
    /// <param name="project">Its normalised name.</param>
    /// <param name="token">Ends waiting.</param>
    /// <exception cref="UpstreamException">An upstream fails, and nothing is kept of the project.</exception>
    public async Task<CurrentPage?> FindAsync(string project, CancellationToken token)
    {
        var upstreams = policy.For(project).Select(upstream => upstream.Name).ToHashSet(StringComparer.Ordinal);
        if (upstreams.Count == 0) return null;
        var check = checks.Find(project);
        if (check is { IsMissing: true }) return null;
        var kept = await ReadAsync(project, token) is { } page && upstreams.Contains(page.Upstream) ? page : null;
        if (policy.IsOffline) return Of(kept, DateTimeOffset.MaxValue);
        if (check is not null && kept is not null) return Of(kept, check.Until);
        try
        {
            var asked = work.RunAsync(project, end => AskAsync(project, kept, end));
            var current = await (kept is null or { IsGone: true } ? asked.WaitAsync(token) : asked.WaitAsync(Patience, token));
            return Of(current, checks.Find(project)?.Until ?? DateTimeOffset.MinValue);
        }
        catch (TimeoutException) when (kept is not null)
        {
            logger.LogWarning("The upstream {Upstream} takes long for {Project}; what is kept of it is given out", kept.Upstream, project);
            return Of(kept, DateTimeOffset.MinValue);
        }
        catch (UpstreamException failure) when (kept is not null)
        {
            logger.LogWarning("{Failure} What is kept of {Project} is given out", failure.Message, project);
            return Of(kept, checks.Remember(project, Shorter(Upstream.RestAfterFailure, options.Value.FreshFor), isMissing: false));
        }
    }

    /// <summary>The page as it is kept; null when there is none.</summary>
    public async Task<UpstreamPage?> ReadAsync(string project, CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        var row = await context.Set<UpstreamPageRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Project == project, token);
        return row is null ? null : UpstreamPage.Read(row.Page);
    }

    private async Task<UpstreamPage?> AskAsync(string project, UpstreamPage? kept, CancellationToken token)
    {
        // Somebody else's asking may have ended since this request looked.
        if (checks.Find(project) is not { } check) return await refresh.AskAsync(project, kept, token);
        return check.IsMissing ? null : await ReadAsync(project, token);
    }

    private static CurrentPage? Of(UpstreamPage? page, DateTimeOffset until) => page is null or { IsGone: true } ? null : new(page, until);

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;
}

/// <summary>A page as it is given out.</summary>
/// <param name="Page">The page.</param>
/// <param name="FreshUntil">Until when it may be given out without asking again.</param>
internal sealed record CurrentPage(UpstreamPage Page, DateTimeOffset FreshUntil);
