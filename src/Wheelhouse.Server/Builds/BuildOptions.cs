using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Hosting.Settings;

namespace Wheelhouse.Server.Builds;

/// <summary>What builds may use of this server.</summary>
[Settings("builds")]
public sealed class BuildOptions
{
    [Description("How many builds this server runs at a time.")]
    [Range(1, 100)]
    public int Parallel { get; set; } = 2;
}
