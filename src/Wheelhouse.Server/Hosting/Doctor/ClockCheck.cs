namespace Wheelhouse.Server.Hosting.Doctor;

/// <summary>The clock has not gone back behind what was written already: tokens and certificates depend on it.</summary>
internal sealed class ClockCheck : IServerCheck
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    public string Name => "clock";

    public Task<CheckResult> RunAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        var paths = new[] { surroundings.Data.Database, surroundings.Data.Pid, typeof(ClockCheck).Assembly.Location };
        var newest = paths.Where(File.Exists).Select(path => new DateTimeOffset(File.GetLastWriteTimeUtc(path))).Max();
        return Task.FromResult(newest - surroundings.Now > Tolerance
            ? CheckResult.Failed($"The clock says {surroundings.Now:u}, but files were written at {newest:u}.", "Set the clock, and keep it with NTP.")
            : CheckResult.Ok($"The clock says {surroundings.Now:u}."));
    }
}
