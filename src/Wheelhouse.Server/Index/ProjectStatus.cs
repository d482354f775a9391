namespace Wheelhouse.Server.Index;

/// <summary>The statuses that a project may have (PEP 792).</summary>
internal static class ProjectStatus
{
    /// <summary>As usual.</summary>
    public const string Active = "active";

    /// <summary>Nothing more is expected: no uploads.</summary>
    public const string Archived = "archived";

    /// <summary>Unsafe to use: no uploads, and no file is given out.</summary>
    public const string Quarantined = "quarantined";

    /// <summary>Obsolete; works as <see cref="Active"/>.</summary>
    public const string Deprecated = "deprecated";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [Active, Archived, Quarantined, Deprecated];

    /// <summary>Whether uploads are refused.</summary>
    public static bool IsClosed(string status) => status is Archived or Quarantined;
}
