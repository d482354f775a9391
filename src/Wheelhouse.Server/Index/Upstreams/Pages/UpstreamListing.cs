using Microsoft.EntityFrameworkCore;
using Wheelhouse.Python.SimpleApi;
using Wheelhouse.Python.Versions;
using Wheelhouse.Server.Index.Upstreams.Asking;
using Wheelhouse.Server.Index.Upstreams.Kept;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Upstreams.Pages;

/// <summary>Makes pages of the simple API of what upstreams have, with links to this server.</summary>
internal sealed class UpstreamListing(UpstreamPolicy policy, LocalNames names, UpstreamPages pages, Offer offer, IDbContextFactory<WheelhouseContext> contexts)
{
    /// <summary>The page of a project that has no file here; null when no upstream has it, or none may be asked for it.</summary>
    /// <param name="project">The normalised name.</param>
    /// <param name="until">The moment it shows; null for now.</param>
    /// <param name="root">What leads from the page to the root of this server, relative.</param>
    /// <param name="token">Ends waiting.</param>
    /// <exception cref="Hosting.Http.ApiException">502: an upstream fails, and nothing is kept of the project.</exception>
    public async Task<ListedProject?> FindAsync(string project, DateTimeOffset? until, string root, CancellationToken token)
    {
        if (policy.Upstreams.Count == 0 || await names.HasAsync(project, token)) return null;
        try
        {
            if (await pages.FindAsync(project, token) is not { } current) return null;
            var files = await ListAsync(project, current.Page, until, root, token);
            var versions = files.Select(file => file.Version).Distinct(StringComparer.Ordinal).OrderBy(PythonVersion.Parse);
            var page = new SimpleProject(project, [.. versions], [.. files.Select(file => file.File)])
            {
                Status = current.Page.Status,
                StatusReason = current.Page.StatusReason,
            };
            return new(page, current.FreshUntil);
        }
        catch (UpstreamException failure)
        {
            throw UpstreamRefusals.Failed(failure);
        }
    }

    private async Task<List<(string Version, SimpleFile File)>> ListAsync(
        string project, UpstreamPage page, DateTimeOffset? until, string root, CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        var kept = (await context.Set<KeptFileRow>().AsNoTracking().Where(row => row.Project == project && row.Upstream == page.Upstream).ToListAsync(token))
            .OrderBy(row => row.Id).DistinctBy(row => row.FileName, StringComparer.Ordinal).ToDictionary(row => row.FileName, StringComparer.Ordinal);
        var offered = offer.Of(project, page, until);
        if (policy.IsOffline) offered = offered.Where(file => kept.ContainsKey(file.FileName));
        return [.. offered.Select(file => (file.Version, ToSimple(file, kept.GetValueOrDefault(file.FileName), root)))];
    }

    /// <summary>What is kept is listed as it is kept: an upstream that changes a file's bytes under its name does not change them here.</summary>
    private static SimpleFile ToSimple(UpstreamFile file, KeptFileRow? kept, string root)
    {
        var sha256 = kept?.Sha256 ?? file.Sha256;
        return new()
        {
            FileName = file.FileName,
            Url = string.Concat(root, IndexFile.PathOf(sha256, file.FileName).AsSpan(1)),
            Sha256 = sha256,
            Size = kept?.Size ?? file.Size,
            UploadTime = file.UploadTime,
            RequiresPython = file.RequiresPython,
            MetadataSha256 = kept is null ? file.MetadataSha256 : kept.MetadataSha256,
            Yanked = file.Yanked,
        };
    }
}

/// <summary>A project of an upstream as it is given out.</summary>
/// <param name="Page">Its page.</param>
/// <param name="FreshUntil">Until when it may be given out without asking the upstream again.</param>
internal sealed record ListedProject(SimpleProject Page, DateTimeOffset FreshUntil);
