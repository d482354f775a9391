using Wheelhouse.Python.SimpleApi;

namespace Wheelhouse.Server.Index.Upstreams.Asking;

/// <summary>What an upstream answered when it was asked for a project.</summary>
/// <param name="State">Whether it has it.</param>
/// <param name="Page">The page; null unless it was found.</param>
internal sealed record PageAnswer(PageState State, SimpleProject? Page = null)
{
    /// <summary>It has no such project.</summary>
    public static readonly PageAnswer Missing = new(PageState.Missing);

    /// <summary>The page that is known still holds.</summary>
    public static readonly PageAnswer Unchanged = new(PageState.Unchanged);

    /// <summary>Where the page lies, which its links are relative to; null unless it was found.</summary>
    public Uri? Address { get; init; }

    /// <summary>The tags to ask with next time.</summary>
    public PageTags? Tags { get; init; }
}

/// <summary>Whether an upstream has a project.</summary>
internal enum PageState
{
    /// <summary>It has none of this name.</summary>
    Missing,

    /// <summary>It has it, and its page is the one that is known.</summary>
    Unchanged,

    /// <summary>It has it, and this is its page.</summary>
    Found,
}

/// <summary>What a page is recognised by (RFC 9110, 8.8).</summary>
/// <param name="ETag">Its entity tag, or null.</param>
/// <param name="LastModified">When it was changed, or null.</param>
internal sealed record PageTags(string? ETag, DateTimeOffset? LastModified);
