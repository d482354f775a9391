namespace Wheelhouse.Server.Notifications;

/// <summary>How much an event matters to whoever is told.</summary>
public enum Severity
{
    /// <summary>All is as somebody wanted it.</summary>
    Info,

    /// <summary>Somebody should look at it, or decide.</summary>
    Warning,

    /// <summary>Something failed.</summary>
    Error,
}
