namespace Wheelhouse.Server.Services.Document;

/// <summary>Times at which an environment refuses rollouts.</summary>
/// <param name="Reason">Why, for those who are refused.</param>
public abstract record FreezeDocument(string Reason)
{
    /// <summary>The window that a moment is in; null when it is in none.</summary>
    public abstract FreezePeriod? Find(DateTimeOffset now);
}

/// <summary>One window.</summary>
/// <param name="From">Its first moment.</param>
/// <param name="Until">The first moment after it; null when it never ends.</param>
public sealed record FreezePeriod(DateTimeOffset From, DateTimeOffset? Until);

/// <summary>A freeze that happens once.</summary>
/// <param name="Reason">Why.</param>
/// <param name="From">Its first moment.</param>
/// <param name="Until">The first moment after it.</param>
public sealed record DatedFreeze(string Reason, DateTimeOffset From, DateTimeOffset Until) : FreezeDocument(Reason)
{
    /// <inheritdoc/>
    public override FreezePeriod? Find(DateTimeOffset now) => From <= now && now < Until ? new FreezePeriod(From, Until) : null;
}
