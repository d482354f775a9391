using Wheelhouse.Python.Versions;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting;
using Wheelhouse.Server.Hosting.Tls;
using Wheelhouse.Server.Index;

namespace Wheelhouse.Server.Rollouts.Locks;

/// <summary>Says to nodes where the index is and how they may read it.</summary>
internal sealed class NodeIndex(IndexQueries index, NodeTokens tokens, ServerAddress address, ServerCertificate certificate)
{
    /// <summary>How long the token that a node is given works; longer than any step may take.</summary>
    private static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(2);

    /// <summary>The INDEX of the node protocol. Holds a secret: it goes to a node and nowhere else.</summary>
    /// <param name="cutoff">The moment whose view of the index is wanted; null means now.</param>
    public object Access(DateTimeOffset? cutoff) => new
    {
        Url = cutoff is { } moment ? Absolute($"/at/{moment.UtcTicks}/simple/") : Absolute("/simple/"),
        Username = "__token__",
        Password = tokens.Issue(TokenLifetime),
        CaPem = certificate.TrustedCa(),
    };

    /// <summary>Where a locked file lies.</summary>
    public string FileUrl(LockedPackage package) => Absolute(IndexFile.PathOf(package.Sha256, package.Filename));

    /// <summary>The newest pip on the index that runs on a Python, as the node protocol wants it; null when the index has none.</summary>
    public async Task<object?> FindPipAsync(string python)
    {
        var version = PythonVersion.Parse(python);
        var pip = (await index.ListFilesAsync("pip", until: null, CancellationToken.None)).LastOrDefault(file =>
            file.FileName.EndsWith(".whl", StringComparison.Ordinal) && file.Yanked is null && !file.Version.IsPrerelease
            && (file.RequiresPython is null || VersionSpecifierSet.Parse(file.RequiresPython).Contains(version, prereleases: true)));
        return pip is null ? null : new { Filename = pip.FileName, Url = Absolute(pip.UrlPath), pip.Sha256 };
    }

    private string Absolute(string path) => address.PublicUrl.GetLeftPart(UriPartial.Authority) + address.PublicUrl.AbsolutePath.TrimEnd('/') + path;
}
