using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Upstreams;

/// <summary>Knows which names exist here. A name that does is never looked up upstream: what others publish there under it is not what is meant.</summary>
internal sealed class LocalNames(IDbContextFactory<WheelhouseContext> contexts)
{
    /// <summary>Whether any file of a project was ever uploaded here, also when all of them are deleted now.</summary>
    /// <param name="project">The normalised name.</param>
    /// <param name="token">Ends the query.</param>
    public async Task<bool> HasAsync(string project, CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        return await context.Set<ProjectRow>().AnyAsync(row => row.Name == project, token)
            || await context.Set<DeletedFileRow>().AnyAsync(row => row.Project == project, token);
    }
}
