namespace Wheelhouse.Server.Index.Upstreams.Pages;

/// <summary>Chooses what of an upstream's page is offered here.</summary>
internal sealed class Offer(UpstreamPolicy policy, TimeProvider time)
{
    /// <summary>The files that are neither blocked nor too young, in the upstream's order.</summary>
    /// <param name="project">The normalised name.</param>
    /// <param name="page">The page.</param>
    /// <param name="until">Only what was there at this moment; null for now.</param>
    public IEnumerable<UpstreamFile> Of(string project, UpstreamPage page, DateTimeOffset? until)
    {
        if (page.Status is ProjectStatus.Quarantined) return [];
        var cooldown = policy.CooldownOf(page.Upstream);
        var moment = until ?? time.GetUtcNow();
        return page.Files.Where(file =>
            (until is null || page.BeginOf(file) <= until)
            && (cooldown == TimeSpan.Zero || (file.UploadTime ?? file.SeenAt) <= moment - cooldown)
            && policy.FindBlock(project, file.Version) is null);
    }
}
