using System.Globalization;

namespace Wheelhouse.Server.Web.Packages;

/// <summary>Sizes as people say them.</summary>
internal static class FileSize
{
    /// <summary>Such as <c>812 B</c>, <c>12.3 KiB</c>, <c>4.0 MiB</c>, <c>1.5 GiB</c>.</summary>
    public static string Text(long bytes) => bytes switch
    {
        < 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes} B"),
        < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0.0} KiB"),
        < 1024 * 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024):0.0} MiB"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / (1024.0 * 1024 * 1024):0.0} GiB"),
    };
}
