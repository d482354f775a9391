using Wheelhouse.Contracts.Index;
using Wheelhouse.Server.Index.Upstreams;

namespace Wheelhouse.Server.Index.Projects;

/// <summary>The projects of this index for the API and the pages: those that were uploaded here, and what is kept of upstreams. Asks no upstream.</summary>
internal sealed class ProjectCatalog(IndexQueries index, UpstreamQueries upstreams)
{
    /// <summary>Every project with its newest version, by name.</summary>
    public async Task<IReadOnlyList<ProjectView>> ListAsync(CancellationToken token)
    {
        var local = await index.ListProjectViewsAsync(token);
        var kept = (await upstreams.ListProjectViewsAsync(token)).ExceptBy(local.Select(project => project.Name), project => project.Name);
        return [.. local.Concat(kept).OrderBy(project => project.Name, StringComparer.Ordinal)];
    }

    /// <summary>One project with all its releases, the newest first, and where it comes from; null when nothing is known of the name.</summary>
    /// <param name="name">Its name, normalised or not.</param>
    /// <param name="token">Ends the queries.</param>
    public async Task<ProjectDetail?> FindAsync(string name, CancellationToken token) =>
        await index.FindProjectAsync(name, token) is { } local
            ? local with { Origin = await upstreams.DescribeLocalAsync(local.Name, token) }
            : await upstreams.FindProjectAsync(name, token);
}
