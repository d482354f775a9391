using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Hosting.Settings;

namespace Wheelhouse.Server.Index;

/// <summary>Settings of the index.</summary>
[Settings("index")]
public sealed class IndexOptions
{
    /// <summary>The largest file that may be uploaded, in MiB. Default 1024. A larger one is refused (413) while it is received.</summary>
    [Description("The largest file that may be uploaded, in MiB.")]
    [Range(1, 1 << 20)]
    public int MaxFileMib { get; set; } = 1024;

    /// <summary>
    /// The most that a file may unpack to, in MiB. Default 8192. However large this is, none may unpack to more than 100 times its own size (or 256 MiB).
    /// </summary>
    [Description("The most that a file may unpack to, in MiB. No file may unpack to more than 100 times its size, or 256 MiB if that is more.")]
    [Range(1, 1 << 20)]
    public int MaxUnpackedMib { get; set; } = 8192;

    /// <summary>Whether file names are taken that spell project or version in another way than the standards ask, as older setuptools do. Default true.</summary>
    [Description("Take file names that spell the project or version in another way than the standards ask, as those of older setuptools.")]
    public bool AllowUnnormalizedNames { get; set; } = true;

    /// <summary><see cref="MaxFileMib"/> in bytes.</summary>
    internal long MaxFileSize => (long)MaxFileMib << 20;

    /// <summary><see cref="MaxUnpackedMib"/> in bytes.</summary>
    internal long MaxUnpackedSize => (long)MaxUnpackedMib << 20;
}
