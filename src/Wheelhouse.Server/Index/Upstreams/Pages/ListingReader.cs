using Wheelhouse.Python.Distributions;
using Wheelhouse.Server.Index.Upstreams.Asking;

namespace Wheelhouse.Server.Index.Upstreams.Pages;

/// <summary>Takes from an upstream's page what belongs to the project, and remembers since when each file is known here. Pure.</summary>
internal static class ListingReader
{
    /// <summary>Reads a page that was found.</summary>
    /// <param name="upstream">The name of the upstream.</param>
    /// <param name="project">The normalised name of the project.</param>
    /// <param name="answer">The page.</param>
    /// <param name="known">What was known of it before; null for nothing.</param>
    /// <param name="now">The time.</param>
    public static UpstreamPage Read(string upstream, string project, PageAnswer answer, UpstreamPage? known, DateTimeOffset now)
    {
        var seen = known?.Files.ToLookup(file => (file.FileName, file.Sha256), file => file.SeenAt);
        return new(upstream, known?.FirstSeenAt ?? now, answer.Page!.Status, answer.Page.StatusReason, [.. Find().DistinctBy(file => file.FileName, StringComparer.Ordinal)])
        {
            ETag = answer.Tags?.ETag,
            LastModified = answer.Tags?.LastModified,
        };

        IEnumerable<UpstreamFile> Find()
        {
            foreach (var file in answer.Page.Files)
            {
                // A page may name files of other projects; under this name nobody would look for them, but somebody might be made to.
                if (!DistributionFileName.TryParse(file.FileName, out var name) || !string.Equals(name.Project.Normalized, project, StringComparison.Ordinal)) continue;
                if (!Uri.TryCreate(file.Url, UriKind.RelativeOrAbsolute, out var link) || UpstreamHttp.FindTarget(answer.Address!, link) is not { } url) continue;
                yield return new(file.FileName, name.Version.ToString(), url.AbsoluteUri, file.Sha256, seen?[(file.FileName, file.Sha256)].Append(now).First() ?? now)
                {
                    Size = file.Size,
                    RequiresPython = file.RequiresPython,
                    MetadataSha256 = file.MetadataSha256,
                    Yanked = file.Yanked,
                    UploadTime = file.UploadTime,
                };
            }
        }
    }
}
