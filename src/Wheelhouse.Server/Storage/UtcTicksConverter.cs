using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Wheelhouse.Server.Storage;

/// <summary>Times are stored as UTC ticks: SQLite can neither order nor compare a <see cref="DateTimeOffset"/>.</summary>
internal sealed class UtcTicksConverter()
    : ValueConverter<DateTimeOffset, long>(time => time.UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));
