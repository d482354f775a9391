using System.Diagnostics.Metrics;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Rollouts.Reports;
using Wheelhouse.Server.Storage;
using Wheelhouse.Tests.Storage;

namespace Wheelhouse.Tests.Rollouts.Reports;

/// <summary>What ended is reported once, beside the rollouts, and before the server has stopped.</summary>
public sealed class RolloutReporterTests : IAsyncLifetime
{
    private readonly TestDatabase _database = new();
    private readonly MeterListener _listener = new();
    private readonly Dictionary<string, long> _counts = new(StringComparer.Ordinal);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => _database.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Each_is_counted_once_with_its_result_and_plans_are_not()
    {
        var ended = new EndedRollouts();
        using var reporter = Reporter(ended);
        var rollouts = new[] { await AddAsync(RolloutStates.Succeeded), await AddAsync(RolloutStates.Planned, plan: true), await AddAsync(RolloutStates.Reverted) };
        await reporter.StartAsync(Token);
        foreach (var id in (string[])[.. rollouts, "gone"]) ended.Tell(id);
        await reporter.StopAsync(Token);
        Assert.Equal(["reverted 1", "succeeded 1"], _counts.Select(entry => $"{entry.Key} {entry.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task One_that_cannot_be_reported_does_not_keep_the_others_from_it()
    {
        var ended = new EndedRollouts();
        using var reporter = Reporter(ended);
        var (broken, good) = (await AddAsync(RolloutStates.Failed, data: "no JSON"), await AddAsync(RolloutStates.Succeeded));
        await reporter.StartAsync(Token);
        ended.Tell(broken);
        ended.Tell(good);
        await reporter.StopAsync(Token);
        Assert.Equal(["succeeded"], _counts.Keys);
    }

    private RolloutReporter Reporter(EndedRollouts ended)
    {
        var meters = _database.Services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == "wheelhouse.rollouts.ended" && ReferenceEquals(instrument.Meter.Scope, meters)) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((_, value, tags, _) =>
        {
            var result = (string)tags.ToArray().Single(tag => tag.Key == "result").Value!;
            _counts[result] = _counts.GetValueOrDefault(result) + value;
        });
        _listener.Start();
        return new RolloutReporter(
            ended, new RolloutMetrics(meters), _database.Services.GetRequiredService<IDbContextFactory<WheelhouseContext>>(), NullLogger<RolloutReporter>.Instance);
    }

    private Task<string> AddAsync(string state, bool plan = false, string data = """{"phase":"stage"}""") => _database.Writer.WriteAsync(context =>
    {
        var row = EndedRollout.Row();
        (row.State, row.PlanOnly) = (state, plan);
        context.Add(row);
        var happened = EndedRollout.Events(row.Id)[0];
        happened.Data = data;
        context.Add(happened);
        return row.Id;
    }, Token);
}
