using System.Diagnostics;

namespace Wheelhouse.Server.Hosting.Doctor;

/// <summary>Tells whom files belong to; .NET cannot.</summary>
internal static class FileOwners
{
    /// <summary>The ids of the owners of some paths, in their order; fewer when one of them cannot be looked at.</summary>
    public static async Task<string[]> FindAsync(IEnumerable<string> paths, CancellationToken cancellationToken)
    {
        using var stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%u", "--", .. paths]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        var errors = stat.StandardError.ReadToEndAsync(cancellationToken);
        var text = await stat.StandardOutput.ReadToEndAsync(cancellationToken);
        await errors;
        await stat.WaitForExitAsync(cancellationToken);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
