using System.Net;

namespace Wheelhouse.Cli.Settings;

/// <summary>
/// A page on the disk that leads to a link. The browser is given its name, because the link itself is a secret and every user of a machine
/// can read the arguments of a program.
/// </summary>
internal static class LinkFile
{
    /// <summary>Writes the page, readable by its owner only, in place of the last one.</summary>
    /// <param name="folder">Where; it is made if need be.</param>
    /// <param name="link">The link.</param>
    /// <returns>The path of the file.</returns>
    public static string Write(string folder, string link)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "open.html");
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, options);
        writer.Write($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>Wheelhouse</title>
            <meta http-equiv="refresh" content="0;url={WebUtility.HtmlEncode(link)}"></head></html>
            """);
        return path;
    }
}
