using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Hosting.Settings;

namespace Wheelhouse.Server.Builds.Sources;

/// <summary>Settings of fetching what is built.</summary>
[Settings("builds.git")]
public sealed class GitOptions
{
    /// <summary>How long one run of git may take. Default 10 minutes.</summary>
    [Description("How long fetching from a repository may take.")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How large a file of a repository's copy may get. Default 4096.</summary>
    [Description("How large what is fetched at a time may be, in MiB.")]
    [Range(1, 1 << 20)]
    public int MaxFetchMib { get; set; } = 4096;

    /// <summary>For tests and for repositories that lie on the server; whoever may add a project then reads them.</summary>
    [Description("Allow repositories at http and file addresses. Whoever may add a project can then read every repository on the server's disk.")]
    public bool AllowLocal { get; set; }
}
