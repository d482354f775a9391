using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Hosting.Settings;

namespace Wheelhouse.Server.Builds.Running;

/// <summary>Settings of where builds run.</summary>
[Settings("builds.sandbox")]
public sealed class SandboxOptions
{
    /// <summary>
    /// A server that runs as root gives each build that runs at the time a user id of its own, counted from here. Nothing else on the machine may use them. Default 640000.
    /// A server that runs as an ordinary user runs builds as that user.
    /// </summary>
    [Description("The first of the user ids that builds get when the server runs as root; one for each that runs at a time.")]
    [Range(1000, 2_000_000_000)]
    public int FirstUser { get; set; } = 640_000;

    /// <summary>Must lie below /usr: builds see nothing else of the server's disk. Default /usr/bin/python3.</summary>
    [Description("The Python that builds and tests, below /usr.")]
    [RegularExpression("^/usr/[^ ]+$", ErrorMessage = "{0} must be an absolute path below /usr.")]
    public string Python { get; set; } = "/usr/bin/python3";

    /// <summary>How much disk the environments take that are kept for later builds, of all projects together. Default 8192.</summary>
    [Description("How much disk the environments may take that are kept for later builds, in MiB.")]
    [Range(64, 1 << 24)]
    public int CacheMib { get; set; } = 8192;

    /// <summary>Whether <see cref="BuildJob.HasNetwork"/> may be asked for. Default false.</summary>
    [Description("Let projects ask for the network of the server's machine, with everything that it reaches: its loopback services, the internal network, the cloud's metadata.")]
    public bool AllowNetwork { get; set; }
}
