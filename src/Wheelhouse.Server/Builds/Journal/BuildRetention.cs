using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Builds.Statuses;
using Wheelhouse.Server.Builds.Triggers;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Hosting.Settings;
using Wheelhouse.Server.Storage;
using Wheelhouse.Server.Storage.Retention;

namespace Wheelhouse.Server.Builds.Journal;

/// <summary>How long builds are kept. What they published is not touched.</summary>
[Settings("retention")]
public sealed class BuildRetentionOptions : IValidatableObject
{
    private static readonly TimeSpan Shortest = TimeSpan.FromDays(1);

    [Description("How long builds are kept after their end, with what their tests said.")]
    public TimeSpan Builds { get; set; } = TimeSpan.FromDays(365);

    [Description("How long the lines are kept that builds printed.")]
    public TimeSpan BuildLogs { get; set; } = TimeSpan.FromDays(90);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Builds < Shortest) yield return new SettingError(nameof(Builds), "Builds must be kept for a day at least.", "Write 365d, for example.");
        if (BuildLogs < Shortest) yield return new SettingError(nameof(BuildLogs), "Build logs must be kept for a day at least.", "Write 90d, for example.");
    }
}

/// <summary>Old builds may go once they have ended; those that only say that nothing was built go soon.</summary>
internal sealed class BuildRetention(BuildRetentionOptions options) : IRetention
{
    private static readonly TimeSpan SkippedFor = TimeSpan.FromDays(7);

    public string Name => "builds";

    public int Prune(WheelhouseContext context, DateTimeOffset now, int most)
    {
        var (limit, skippedLimit) = (now - options.Builds, now - SkippedFor);
        var old = context.Set<BuildRow>().Where(row => row.EndedAt < limit || (row.EndedAt < skippedLimit && row.State == BuildStates.Skipped)).OrderBy(row => row.Id).Take(most).Select(row => row.Id);
        context.Set<StatusRow>().Where(status => old.Contains(status.Build)).ExecuteDelete();
        return context.Set<BuildRow>().Where(row => old.Contains(row.Id)).ExecuteDelete();
    }
}

/// <summary>Old lines that builds printed may go; an index on type and time finds them.</summary>
internal sealed class BuildLogRetention(BuildRetentionOptions options) : IRetention
{
    public string Name => "build logs";

    public int Prune(WheelhouseContext context, DateTimeOffset now, int most)
    {
        var limit = now - options.BuildLogs;
        var old = context.Set<EventRow>().Where(row => row.Type == EventTypes.BuildLog && row.At < limit).OrderBy(row => row.At).Take(most).Select(row => row.Id);
        return context.Set<EventRow>().Where(row => old.Contains(row.Id)).ExecuteDelete();
    }
}

/// <summary>Deliveries of git hosts need to be known only as long as they may come again.</summary>
internal sealed class HookDeliveryRetention : IRetention
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    public string Name => "deliveries of git hosts";

    public int Prune(WheelhouseContext context, DateTimeOffset now, int most)
    {
        var limit = now - KeptFor;
        var old = context.Set<HookDeliveryRow>().Where(row => row.At < limit).OrderBy(row => row.At).Take(most).Select(row => row.Id);
        return context.Set<HookDeliveryRow>().Where(row => old.Contains(row.Id)).ExecuteDelete();
    }
}
