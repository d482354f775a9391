using System.ComponentModel;
using System.Diagnostics;

namespace Wheelhouse.Cli.Hosting;

/// <summary>Opens a file in the person's browser.</summary>
internal static class DesktopBrowser
{
    /// <summary>Whether there is a desktop; on Linux a session over ssh usually has none.</summary>
    public static bool IsThere(IReadOnlyDictionary<string, string> environment) =>
        !OperatingSystem.IsLinux() || environment.ContainsKey("DISPLAY") || environment.ContainsKey("WAYLAND_DISPLAY");

    /// <returns>Whether a program was found that opens it.</returns>
    public static bool Open(string file)
    {
        var (program, before) = OperatingSystem.IsWindows() ? ("rundll32", (string[])["url.dll,FileProtocolHandler"])
            : OperatingSystem.IsMacOS() ? ("open", []) : ("xdg-open", []);
        var start = new ProcessStartInfo(program, [.. before, file]) { UseShellExecute = false };
        try
        {
            using var started = Process.Start(start);
            return started is not null;
        }
        catch (Win32Exception)
        {
            return false; // There is no such program
        }
    }
}
