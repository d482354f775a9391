using Wheelhouse.Python.Distributions;
using Wheelhouse.Python.Names;
using Wheelhouse.Python.Versions;
using Wheelhouse.Server.Index.Upstreams.Pages;

namespace Wheelhouse.Server.Index.Upstreams;

/// <summary>Finds releases that installers are offered: those of this index, and of a name that does not exist here those of an upstream.</summary>
internal sealed class Installable(IndexQueries index, UpstreamListing upstreams)
{
    /// <summary>The newest release of a project that is neither a pre-release nor yanked; null when there is none.</summary>
    /// <exception cref="Hosting.Http.ApiException">502: the upstream fails.</exception>
    public async Task<PythonVersion?> FindNewestReleaseAsync(string project, CancellationToken token) =>
        (await ListAsync(project, token)).Where(file => file.Yanked is null && !file.Version.IsPrerelease).Max(file => file.Version);

    /// <summary>A release as its own files spell it, so that <c>1.0</c> finds <c>1.0.0</c> (PEP 440); null when there is none.</summary>
    /// <exception cref="Hosting.Http.ApiException">502: the upstream fails.</exception>
    public async Task<PythonVersion?> FindReleaseAsync(string project, string version, CancellationToken token) =>
        PythonVersion.TryParse(version, out var wanted) ? (await ListAsync(project, token)).Find(file => file.Version == wanted).Version : null;

    private async Task<List<(PythonVersion Version, string? Yanked)>> ListAsync(string project, CancellationToken token)
    {
        var local = await index.ListFilesAsync(project, until: null, token);
        if (local.Count > 0) return [.. local.Select(file => (file.Version, file.Yanked))];
        var listed = await upstreams.FindAsync(ProjectName.Normalize(project), until: null, root: "/", token);
        return [.. (listed?.Page.Files ?? []).Select(file => (DistributionFileName.Parse(file.FileName).Version, file.Yanked))];
    }
}
