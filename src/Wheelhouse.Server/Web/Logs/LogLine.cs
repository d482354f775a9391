using System.Globalization;

namespace Wheelhouse.Server.Web.Logs;

/// <summary>One line of a log.</summary>
/// <param name="Event">The id of the event that it is of.</param>
/// <param name="Place">Its place among the lines of that event; null when the event is the line.</param>
/// <param name="At">When.</param>
/// <param name="Part">The part it is of, as the node of a rollout or the step of a build; null for none.</param>
/// <param name="Text">The line.</param>
public sealed record LogLine(long Event, int? Place, DateTimeOffset At, string? Part, string Text)
{
    /// <summary>Its name in an address.</summary>
    public string Id => Place is null ? string.Create(CultureInfo.InvariantCulture, $"{Event}") : string.Create(CultureInfo.InvariantCulture, $"{Event}.{Place}");

    /// <summary>Whether a command printed it; else it is Wheelhouse's own.</summary>
    public bool IsOutput => Place is not null;

    /// <summary>The line as it stands in a file.</summary>
    public string ToText() => string.Create(CultureInfo.InvariantCulture, $"{At:yyyy-MM-ddTHH:mm:ss.fffZ}  {Part ?? "-",-16}  {Text}");
}
