namespace Wheelhouse.Server.Web.Rollouts;

/// <summary>One line of a rollout's log.</summary>
/// <param name="Id">Its name in an address: the event's id and, for lines that a command printed, the place within it.</param>
/// <param name="At">When.</param>
/// <param name="Node">The node it is of, or null.</param>
/// <param name="IsOutput">Whether a command printed it; else it is Wheelhouse's own.</param>
/// <param name="Text">The line.</param>
public sealed record LogLine(string Id, DateTimeOffset At, string? Node, bool IsOutput, string Text)
{
    /// <summary>The line as it stands in a file.</summary>
    public string ToText() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{At:yyyy-MM-ddTHH:mm:ss.fffZ}  {Node ?? "-",-16}  {Text}");
}
