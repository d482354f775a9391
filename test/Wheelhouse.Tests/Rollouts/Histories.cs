using System.Globalization;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Rollouts;
using Wheelhouse.Server.Rollouts.Journal;

namespace Wheelhouse.Tests.Rollouts;

/// <summary>Makes histories of an environment as they can come about.</summary>
internal static class Histories
{
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>One rollout a day, each deploying, reverting (also to one that was taken back), converging or failing.</summary>
    public static List<RolloutRow> Random(Random random, int length)
    {
        List<RolloutRow> history = [];
        for (var day = 0; day < length; day++)
        {
            var good = history.Where(row => row.State == RolloutStates.Succeeded && row.Kind != RolloutKinds.Converge).ToList();
            var target = random.Next(3) == 0 && good.Count > 0 ? good[random.Next(good.Count)] : GoodReleases.RevertTarget(history);
            var kind = random.Next(8) switch
            {
                < 4 => RolloutKinds.Deploy,
                < 7 when target is not null => RolloutKinds.Revert,
                _ => RolloutKinds.Converge,
            };
            history.Add(new RolloutRow
            {
                Id = day.ToString("00", CultureInfo.InvariantCulture),
                Service = "hello",
                Environment = "production",
                Kind = kind,
                Version = kind == RolloutKinds.Revert ? target!.Version : $"1.{random.Next(4)}",
                Source = kind == RolloutKinds.Revert ? target!.Id : null,
                State = random.Next(4) == 0 ? RolloutStates.Failed : RolloutStates.Succeeded,
                ChangedNodes = random.Next(2) == 0,
                By = "test",
                EndedAt = Start.AddDays(day),
            });
        }

        return history;
    }
}
