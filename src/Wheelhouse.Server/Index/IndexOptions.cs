using System.ComponentModel.DataAnnotations;

namespace Wheelhouse.Server.Index;

/// <summary>Settings of the index: the section <c>Index</c>.</summary>
public sealed class IndexOptions
{
    /// <summary>The name of the section.</summary>
    public const string Section = "Index";

    /// <summary>The largest file that may be uploaded, in bytes; default 1 GiB. A larger one is refused (413) while it is received.</summary>
    [Range(1, long.MaxValue)]
    public long MaxFileSize { get; set; } = 1L << 30;
}
