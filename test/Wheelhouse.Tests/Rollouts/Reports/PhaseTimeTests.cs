using Wheelhouse.Server.Rollouts.Reports;

namespace Wheelhouse.Tests.Rollouts.Reports;

/// <summary>What a rollout spent its time on.</summary>
public sealed class PhaseTimeTests
{
    [Fact]
    public void Phases_end_where_the_next_begins_and_waiting_is_told_apart()
    {
        var row = EndedRollout.Row();
        Assert.Equal(
            ["queue 0-5", "discover 6-10", "stage 10-20", "activate 20-30", "paused 30-90", "activate 90-91", "revert 91-100"],
            PhaseTime.Of(row, EndedRollout.Events(row.Id)).Select(Text));
    }

    [Fact]
    public void One_that_never_began_only_waited()
    {
        var row = EndedRollout.Row();
        row.StartedAt = null;
        Assert.Equal(["queue 0-100"], PhaseTime.Of(row, []).Select(Text));
    }

    private static string Text(PhaseTime phase) =>
        $"{phase.Name} {(phase.StartedAt - EndedRollout.Start).TotalSeconds:0}-{(phase.EndedAt - EndedRollout.Start).TotalSeconds:0}";
}
