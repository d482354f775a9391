using System.Globalization;
using Wheelhouse.Server.Index.Maintenance;
using Wheelhouse.Server.Web.Packages;

namespace Wheelhouse.Server.Hosting.Commands;

/// <summary>Shows on standard error how far a long piece of work is: a bar on a terminal, else a line now and then.</summary>
/// <param name="output">Standard error.</param>
/// <param name="isTerminal">Whether it is a terminal.</param>
/// <param name="time">The clock.</param>
internal sealed class ProgressLine(TextWriter output, bool isTerminal, TimeProvider time)
{
    private const int Width = 24;
    private const string Clear = "\r\x1b[K";

    /// <summary>How often it is shown.</summary>
    private TimeSpan Every => isTerminal ? TimeSpan.FromMilliseconds(200) : TimeSpan.FromSeconds(10);

    /// <summary>Standard error of this process.</summary>
    public static ProgressLine OnError() => new(Console.Error, !Console.IsErrorRedirected, TimeProvider.System);

    /// <summary>Shows work until it is done.</summary>
    /// <param name="what">What is done, such as <c>Verifying</c>.</param>
    /// <param name="progress">How far it is.</param>
    /// <param name="work">The work.</param>
    /// <returns>The work's result.</returns>
    public async Task<T> ShowAsync<T>(string what, WorkProgress progress, Task<T> work)
    {
        var start = time.GetTimestamp();
        using var timer = new PeriodicTimer(Every, time);
        while (await Task.WhenAny(work, timer.WaitForNextTickAsync().AsTask()) != work)
        {
            var line = Line(what, progress, time.GetElapsedTime(start), isTerminal);
            await (isTerminal ? output.WriteAsync(Clear + line) : output.WriteLineAsync(line));
            await output.FlushAsync();
        }

        if (isTerminal) await output.WriteAsync(Clear);
        return await work;
    }

    /// <summary>Pure.</summary>
    internal static string Line(string what, WorkProgress progress, TimeSpan elapsed, bool isTerminal)
    {
        var share = progress.AllBytes > 0 ? Math.Min(1, (double)progress.Bytes / progress.AllBytes) : 0;
        var counts = string.Create(CultureInfo.InvariantCulture, $"{progress.Files:N0} of {progress.AllFiles:N0} files, {FileSize.Text(progress.Bytes)} of {FileSize.Text(progress.AllBytes)}");
        var bar = isTerminal ? $" [{new string('#', (int)(share * Width)).PadRight(Width, '.')}]" : "";
        return $"{what}{bar} {share.ToString("P0", CultureInfo.InvariantCulture)}, {counts}{Remaining(share, elapsed)}";
    }

    private static string Remaining(double share, TimeSpan elapsed) => share is <= 0 or >= 1 || elapsed < TimeSpan.FromSeconds(2) ? "" : (elapsed / share * (1 - share)) switch
    {
        { TotalHours: >= 1 } left => string.Create(CultureInfo.InvariantCulture, $", {(int)left.TotalHours} h {left.Minutes} min left"),
        { TotalMinutes: >= 1 } left => string.Create(CultureInfo.InvariantCulture, $", {left.Minutes} min {left.Seconds} s left"),
        var left => string.Create(CultureInfo.InvariantCulture, $", {(int)left.TotalSeconds + 1} s left"),
    };
}
