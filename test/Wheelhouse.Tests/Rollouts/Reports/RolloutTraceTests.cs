using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Wheelhouse.Server.Rollouts;
using Wheelhouse.Server.Rollouts.Reports;

namespace Wheelhouse.Tests.Rollouts.Reports;

/// <summary>The spans that are made of a rollout's journal.</summary>
public sealed class RolloutTraceTests : IDisposable
{
    private readonly RolloutRecord _rollout = EndedRollout.Record();
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public RolloutTraceTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == RolloutTrace.SourceName,
            // As the exporter's sampler does, which has the id made.
            Sample = (ref options) => options.TraceId == default ? ActivitySamplingResult.None : ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.TraceId.ToHexString() == RolloutId.ToTraceId(_rollout.Row.Id)) _spans.Enqueue(span);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public void Dispose() => _listener.Dispose();

    [Fact]
    public void It_is_a_tree_of_rollout_phases_nodes_and_steps_with_the_times_of_the_journal()
    {
        using var outer = new Activity("a request").Start();

        RolloutTrace.Send(_rollout);

        Assert.Equal(
            """
            deploy hello/production 0-100 Error
              queue 0-5
              discover 6-10
              stage 10-20
                app1 11-15
                  stage 11-15
                app2 11-18
                  stage 11-18
              activate 20-30 Error
                app1 21-23
                  activate/web 21-23
                app2 25-30 Error
                  check/web 25-30 Error
              paused 30-90
              activate 90-91
              revert 91-100 Error
                app2 91-93
                  revert/activate/web 91-93
                app1 95-100 Error
                  prune 95-100 Error

            """, Tree(default, ""));
    }

    [Fact]
    public void Spans_say_what_they_are_about_and_what_went_wrong()
    {
        RolloutTrace.Send(_rollout);

        var root = _spans.Single(span => span.ParentSpanId == default);
        Assert.Equal("1.1.0 failed on app2: The check failed.", root.StatusDescription);
        Assert.Equal(
            [_rollout.Row.Id, "hello/production", "failed", "production", "reverted", "1.1.0", "1.0.0", "ann"],
            ((string[])["deployment.id", "deployment.name", "deployment.status", "deployment.environment.name", "wheelhouse.result", "wheelhouse.version", "wheelhouse.version.from", "wheelhouse.by"])
                .Select(name => root.GetTagItem(name)));
        var failed = _spans.Single(span => span.DisplayName == "check/web");
        Assert.Equal((ActivityKind.Client, "The check failed.", "check_failed", "app2"),
            (failed.Kind, failed.StatusDescription, failed.GetTagItem("error.type"), failed.GetTagItem("host.name")));
        Assert.DoesNotContain(_spans.SelectMany(span => span.TagObjects), tag => tag.Value is null);
    }

    [Fact]
    public void The_id_of_the_trace_is_the_rollouts_id_in_hexadecimal()
    {
        var uuid = Guid.CreateVersion7(EndedRollout.Start);
        var bits = new System.Numerics.BigInteger(uuid.ToByteArray(bigEndian: true), isUnsigned: true, isBigEndian: true);
        var id = string.Concat(Enumerable.Range(0, 26).Select(place => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"[(int)((bits >> (5 * (25 - place))) & 31)]));
        Assert.Equal(uuid.ToString("N", CultureInfo.InvariantCulture), RolloutId.ToTraceId(id));
    }

    private string Tree(ActivitySpanId parent, string indent) => string.Concat(_spans.Where(span => span.ParentSpanId == parent).OrderBy(span => span.StartTimeUtc).Select(span =>
        $"{indent}{span.DisplayName} {Second(span.StartTimeUtc)}-{Second(span.StartTimeUtc + span.Duration)}{(span.Status == ActivityStatusCode.Unset ? "" : $" {span.Status}")}\n"
        + Tree(span.SpanId, indent + "  ")));

    private static string Second(DateTime moment) => (moment - EndedRollout.Start.UtcDateTime).TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
}
