using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Builds.Journal;
using Wheelhouse.Server.Builds.Projects;
using Wheelhouse.Server.Builds.Publishing;
using Wheelhouse.Server.Builds.Running;
using Wheelhouse.Server.Builds.Sources;
using Wheelhouse.Server.Builds.Versions;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Secrets;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Builds;

/// <summary>
/// One build from its first step to its last. It can be run again from the beginning at any time: files that are good are recorded before the first of
/// them is published, and from then on only publishing is done again, which with the same bytes changes nothing.
/// </summary>
internal sealed class BuildRun(
    BuildProjectCatalog projects, ISources sources, SecretStore secrets, ReleaseHistory history, PublishedCheck published, IBuildRunner runner, BuildPublisher publisher,
    DataDirectory data, TimeProvider time, ILogger<BuildRun> logger)
{
    /// <summary>The folder of a build's files.</summary>
    public string FolderOf(string build) => BuildFolder.Of(data, build);

    /// <summary>Runs until the build ended.</summary>
    /// <param name="journal">The build, taken over.</param>
    /// <param name="token">Cancels it, until it begins to publish: half a release helps nobody.</param>
    /// <param name="stopping">This server stops.</param>
    /// <exception cref="OperationCanceledException">It was cancelled, or this server stops; the journal is as it was.</exception>
    public async Task RunAsync(BuildJournal journal, CancellationToken token, CancellationToken stopping)
    {
        var row = journal.Row;
        try
        {
            if (!await BuildPublisher.HasFilesAsync(row, FolderOf(row.Id), token))
            {
                if (await PrepareAsync(journal, token) is not { } job) return;
                await MakeAsync(journal, job, token);
            }

            if (row.Trigger == BuildTriggers.WorkingTree)
            {
                await journal.EndAsync(BuildStates.Succeeded);
                return;
            }

            token.ThrowIfCancellationRequested();
            await journal.BeginStepAsync(BuildSteps.Publish);
            await publisher.PublishAsync(row, FolderOf(row.Id), stopping);
            await journal.EndAsync(BuildStates.Succeeded);
        }
        catch (BuildFault fault)
        {
            await journal.EndAsync(BuildStates.Failed, fault.Failure);
        }
        catch (SourceException fault)
        {
            await journal.EndAsync(BuildStates.Failed, new BuildFailure(fault.Code, fault.Message, fault.Fix));
        }
        catch (ApiException refusal)
        {
            await journal.EndAsync(BuildStates.Failed, new BuildFailure(refusal.Code, refusal.Message, refusal.Fix));
        }
    }

    /// <summary>Finds out what is to be built.</summary>
    /// <returns>What; null when it turned out that nothing is, and the build has ended.</returns>
    private async Task<BuildJob?> PrepareAsync(BuildJournal journal, CancellationToken token)
    {
        var row = journal.Row;
        await journal.BeginStepAsync(BuildSteps.Fetch);
        var (project, _) = await projects.FindAsync(row.Project, token) ?? throw new BuildFault("project_gone", $"The project {row.Project} was deleted.", "Apply its document again.");
        var location = new SourceLocation(project.Name, project.Repository, await BuildSecrets.ReadAsync(secrets, project.Credentials, token));
        var mirror = await sources.FetchAsync(location, token);
        var (name, hash) = await ResolveAsync(mirror, row, token);
        var commit = await mirror.ReadCommitAsync(hash, token);
        (row.Ref, row.Commit, row.Subject, row.Author) = (name, hash, Excerpt.Of(commit.Subject, 300), commit.Author is null ? null : Excerpt.Of(commit.Author, 200));
        row.Link = project.LinkTo(hash);
        await journal.SaveAsync();
        var settings = CommitSettings.Read(await mirror.ReadFileAsync(hash, Path.Combine(project.Folder, "pyproject.toml"), token));
        var refs = project.Refs.Or(settings.Refs);
        if (!BuildTriggers.IsAsked(row.Trigger) && !refs.Fits(name))
        {
            await journal.EndAsync(BuildStates.Skipped, new BuildFailure("not_built", $"{RefPatterns.Short(name)} is not built; this project builds {refs}.", "Name it in 'branches' or 'tags', or ask for the build."));
            return null;
        }

        row.Version = (settings.Version ?? project.Version) == VersionSource.Tags ? (await VersionAsync(mirror, name, hash, token)).ToString() : null;
        row.Commits = BuildRowExtensions.Write(await history.FindAsync(row, mirror, project, token));
        await journal.SaveAsync(row.Event(
            EventTypes.BuildSource, $"{hash[..7]} {row.Subject}{(row.Version is null ? "" : $", as {row.Version}")}",
            new { row.Ref, row.Commit, row.Subject, row.Author, row.Version }));
        return new BuildJob(row.Id, project.Name, mirror.Path, hash, BuildFolder.Create(data, row.Id))
        {
            Version = row.Version,
            Test = settings.Test ?? project.Test,
            Folder = project.Folder,
            HasNetwork = project.HasNetwork,
            Time = commit.At.ToUnixTimeSeconds(),
            Limits = project.Limits,
        };
    }

    /// <summary>Builds and tests, and records the files once they are good.</summary>
    private async Task MakeAsync(BuildJournal journal, BuildJob job, CancellationToken token)
    {
        var row = journal.Row;
        var log = new BuildLog(journal, time);
        BuildOutcome outcome;
        try
        {
            outcome = await runner.RunAsync(job, new BuildListener(journal, log, published, token), token);
        }
        finally
        {
            await log.FlushAsync();
        }

        if (outcome.Tests is { } tests)
        {
            row.Tests = BuildRowExtensions.Write(TestViews.Of(tests));
            await journal.SaveAsync(row.Event(
                EventTypes.BuildTests, $"Tests: {tests.Passed} passed, {tests.Failed} failed, {tests.Skipped} skipped", new { tests.Passed, tests.Failed, tests.Skipped, tests.Seconds }));
        }

        if (outcome.Failure is { } failure) throw new BuildFault(failure.Code, failure.Message, failure.Fix);
        if (outcome.Files is not [var first, ..]) throw new InvalidOperationException("The runner told of no files and of no failure.");
        BuildFolder.Sync(job.Output);
        row.Version = first.Version;
        if (row.Trigger != BuildTriggers.WorkingTree) row.Files = BuildRowExtensions.Write(outcome.Files);
        await journal.SaveAsync();
        logger.LogDebug("Build {Build} made {Count} files", row.Id, outcome.Files.Count);
    }

    private static async Task<SourceRef> ResolveAsync(ISourceMirror mirror, BuildRow row, CancellationToken token)
    {
        if (row.Commit is { } commit)
        {
            if (await mirror.HasAsync(commit, token)) return new SourceRef(row.Ref ?? commit, commit);
            throw new BuildFault("commit_gone", $"The repository has no commit {commit} (any more): {RefPatterns.Short(row.Ref ?? "it")} was pushed anew by force, or removed.", "Build what stands there now.");
        }

        return await mirror.ResolveAsync(row.Ref, token)
            ?? throw new BuildFault("unknown_ref", $"The repository has no branch, tag or commit '{row.Ref ?? "HEAD"}'.", "Push it, or name another; a commit is named by its full hash.");
    }

    private static async Task<Python.Versions.PythonVersion> VersionAsync(ISourceMirror mirror, string name, string commit, CancellationToken token)
    {
        if (await mirror.DescribeAsync(commit, token) is { } nearest) return BuildVersion.Decide(name, commit, nearest.Version, nearest.Distance);
        return BuildVersion.Decide(name, commit, last: null, (await mirror.ListCommitsAsync(commit, since: null, ReleaseHistory.MostCounted, token)).Count);
    }
}
