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

    /// <summary>The same in bytes.</summary>
    internal long MaxFileSize => (long)MaxFileMib << 20;
}
