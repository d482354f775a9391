using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Server.Builds.Projects;
using Wheelhouse.Server.Builds.Sources;
using Wheelhouse.Server.Secrets;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Builds.Triggers;

/// <summary>Asks a project's git host what is new (<c>git ls-remote</c>), for hosts that cannot tell.</summary>
internal sealed class Poller(
    IDbContextFactory<WheelhouseContext> contexts, DatabaseWriter writer, BuildProjectParser parser, ISources sources, SecretStore secrets, IGrainFactory grains, TimeProvider time,
    ILogger<Poller> logger)
{
    /// <summary>How many hosts are asked at a time.</summary>
    private const int Together = 4;

    /// <summary>How long a host may take to answer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Who asks for the build, in its history.</summary>
    private const string By = "polling";

    /// <summary>Asks the host of every project whose time has come.</summary>
    public async Task PollDueAsync(CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        var rows = await context.Set<BuildProjectRow>().AsNoTracking().ToListAsync(token);
        await Parallel.ForEachAsync(rows, new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = token }, async (row, stopping) =>
        {
            if (parser.Parse(row.Yaml).Projects is [{ Document: { Poll: { } interval } project }] && !(row.PolledAt + interval > time.GetUtcNow())) await TryPollAsync(row, project, stopping);
        });
    }

    private async Task TryPollAsync(BuildProjectRow row, BuildProjectDocument project, CancellationToken stopping)
    {
        using var late = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, stopping);
        try
        {
            await PollAsync(row, project, either.Token);
        }
        catch (Exception fault) when (fault is SourceException or BuildFault || (fault is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            var reason = fault is OperationCanceledException ? $"The git host did not answer within {Patience.TotalSeconds:0} s." : fault.Message;
            logger.LogWarning("The git host of {Project} could not be asked: {Reason}", row.Name, reason);
            await SaveAsync(row.Name, row.Polled, reason);
        }
    }

    /// <summary>Asks for builds of what changed; the first answer only says what is there.</summary>
    private async Task PollAsync(BuildProjectRow row, BuildProjectDocument project, CancellationToken token)
    {
        var location = new SourceLocation(project.Name, project.Repository, await BuildSecrets.ReadAsync(secrets, project.Credentials, token));
        var now = (await sources.ListAsync(location, token)).Where(found => found.Name.StartsWith("refs/", StringComparison.Ordinal))
            .DistinctBy(found => found.Name).ToDictionary(found => found.Name, found => found.Commit, StringComparer.Ordinal);
        if (row.Polled is not null)
        {
            var before = JsonSerializer.Deserialize<Dictionary<string, string>>(row.Polled, JsonSerializerOptions.Web)!;
            foreach (var (name, commit) in now.Where(found => before.GetValueOrDefault(found.Key) != found.Value && project.Refs.MayFit(found.Key)))
                await grains.GetGrain<IProjectGrain>(project.Name).Request(new BuildOrder { Ref = name, Commit = commit, By = By, Trigger = BuildTriggers.Poll });
        }

        await SaveAsync(row.Name, JsonSerializer.Serialize(now, JsonSerializerOptions.Web), error: null);
    }

    private Task SaveAsync(string project, string? polled, string? error) => writer.WriteAsync(context =>
    {
        if (context.Find<BuildProjectRow>(project) is { } row) (row.PolledAt, row.Polled, row.PollError) = (time.GetUtcNow(), polled, error);
    });
}
