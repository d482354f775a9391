using Wheelhouse.Contracts.Builds;
using Wheelhouse.Server.Builds.Journal;
using Wheelhouse.Server.Builds.Publishing;
using Wheelhouse.Server.Builds.Running;

namespace Wheelhouse.Server.Builds;

/// <summary>Writes down what a build tells while it runs.</summary>
internal sealed class BuildListener(BuildJournal journal, BuildLog log, PublishedCheck published, CancellationToken token) : IBuildListener
{
    public async Task BeginAsync(string step)
    {
        await log.FlushAsync();
        await journal.BeginStepAsync(step);
    }

    public Task LogAsync(IReadOnlyList<string> lines) => log.AddAsync(lines);

    public async Task<BuildFailure?> BuiltAsync(IReadOnlyList<BuiltFile> files)
    {
        await log.FlushAsync();
        if (files is [var first, ..]) journal.Row.Version = first.Version;
        await journal.SaveAsync();
        if (journal.Row.Trigger == BuildTriggers.WorkingTree) return null;
        return await published.FindObstacleAsync(journal.Row.Project, files, token);
    }
}
