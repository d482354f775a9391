namespace Wheelhouse.Server.Storage.Retention;

/// <summary>
/// Says which old rows of a feature may go. The feature alone knows what a revert still needs: it must never offer that. An exception
/// is logged and the next run tries again.
/// </summary>
public interface IRetention
{
    /// <summary>What goes, for the log, such as <c>events</c>.</summary>
    string Name { get; }

    /// <summary>Removes old rows, inside a change of the <see cref="DatabaseWriter"/>: it must be quick, so it looks at few rows.</summary>
    /// <param name="context">The context that the change was given.</param>
    /// <param name="now">The time.</param>
    /// <param name="most">How many rows to remove, about: what belongs together goes together.</param>
    /// <returns>How many were removed; <paramref name="most"/> and more mean that others may be left.</returns>
    int Prune(WheelhouseContext context, DateTimeOffset now, int most);
}
