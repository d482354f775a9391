using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Server.Builds.Journal;
using Wheelhouse.Server.Builds.Projects;
using Wheelhouse.Server.Hosting;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Secrets;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Builds.Statuses;

/// <summary>Tells git hosts how builds stand. What fails is tried again for a day; what the database knows to be told is not told again.</summary>
internal sealed class StatusTeller(
    IDbContextFactory<WheelhouseContext> contexts, DatabaseWriter writer, BuildProjectParser parser, SecretStore secrets, StatusHttp http, ServerAddress address, TimeProvider time,
    ILogger<StatusTeller> logger)
{
    private const int LongestText = 140;

    /// <summary>How many hosts are told at a time.</summary>
    private const int Together = 4;

    private static readonly TimeSpan For = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    private static readonly string[] TellingStates = [BuildStates.Running, BuildStates.Succeeded, BuildStates.Failed, BuildStates.Cancelled];

    /// <summary>Tells all that is to be told now.</summary>
    public async Task TellDueAsync(CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        var projects = (await context.Set<BuildProjectRow>().AsNoTracking().ToListAsync(token))
            .SelectMany(row => parser.Parse(row.Yaml).Projects).Select(project => project.Document).Where(project => project is { Statuses: not null, Host: not null })
            .ToDictionary(project => project.Name, StringComparer.Ordinal);
        if (projects.Count == 0) return;
        var names = projects.Keys.ToList();
        var (now, oldest) = (time.GetUtcNow(), time.GetUtcNow() - For);
        var due = await (
            from build in context.Set<BuildRow>().AsNoTracking()
            where names.Contains(build.Project) && build.CreatedAt > oldest && build.Commit != null && build.Trigger != BuildTriggers.WorkingTree && TellingStates.Contains(build.State)
                // One that runs may yet turn out to be none of the project's.
                && (build.State != BuildStates.Running || build.Commits != null)
            join told in context.Set<StatusRow>().AsNoTracking() on build.Id equals told.Build into all
            from told in all.DefaultIfEmpty()
            where told == null || (told.Told != build.State && !told.IsGivenUp && (told.NextAt == null || told.NextAt <= now))
            orderby build.Id
            select build).ToListAsync(token);
        await Parallel.ForEachAsync(due.GroupBy(build => build.Project), new ParallelOptions { MaxDegreeOfParallelism = Together, CancellationToken = token }, async (builds, stopping) =>
        {
            foreach (var build in builds) await TellAsync(build, projects[build.Project], stopping);
        });
    }

    private async Task TellAsync(BuildRow build, BuildProjectDocument project, CancellationToken token)
    {
        (string Error, bool IsRefused)? failure;
        try
        {
            var secret = (await BuildSecrets.ReadAsync(secrets, project.Statuses, token))!.Trim();
            failure = RepositoryUrl.WebAddress(project.Repository) is not { } page ? ("The repository is at no git host.", true)
                : secret.Any(c => !char.IsAscii(c) || char.IsControl(c) || c == ' ') || secret.Length == 0 ? ($"The secret '{project.Statuses!.Name}' is not a token.", false)
                : await http.SendAsync(StatusRequest.Make(project.Host!, new Uri(page), secret, Describe(build)), secret, token);
        }
        catch (BuildFault fault)
        {
            failure = (fault.Message, false);
        }

        if (failure is { } failed) logger.LogWarning("The status of build {Build} could not be told: {Reason}", build.Id, failed.Error);
        await writer.WriteAsync(context =>
        {
            var row = context.Find<StatusRow>(build.Id) ?? context.Add(new StatusRow { Build = build.Id }).Entity;
            row.Told = failure is null ? build.State : row.Told;
            row.Attempts = failure is null ? 0 : row.Attempts + 1;
            (row.Error, row.IsGivenUp) = (failure?.Error, failure is { IsRefused: true });
            row.NextAt = failure is null ? null : time.GetUtcNow() + Wait(row.Attempts);
        }, CancellationToken.None);
    }

    private CommitStatus Describe(BuildRow build)
    {
        var text = build.State switch
        {
            BuildStates.Running => "Being built and tested",
            BuildStates.Succeeded => $"{build.Project} {build.Version} is published",
            _ => build.Error ?? build.State,
        };
        return new CommitStatus(build.State, build.Commit!, build.Ref, Excerpt.Of(text, LongestText - 1), $"{address.PublicText}/builds/{build.Id}");
    }

    private static TimeSpan Wait(int attempts)
    {
        var wait = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(attempts, 20)));
        return wait < LongestWait ? wait : LongestWait;
    }
}
