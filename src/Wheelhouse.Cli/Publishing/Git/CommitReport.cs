using System.Text.Json;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Delivery;

namespace Wheelhouse.Cli.Publishing.Git;

/// <summary>Tells the server which commits a published release contains. That it cannot is a remark, never a failure: the files are on the index.</summary>
internal static class CommitReport
{
    /// <summary>Tells it.</summary>
    /// <param name="context">The server and the output.</param>
    /// <param name="directory">A folder of the working tree.</param>
    /// <param name="project">The project.</param>
    /// <param name="version">The release.</param>
    /// <param name="token">Ends the report.</param>
    public static async Task SendAsync(CommandContext context, string directory, string project, string version, CancellationToken token)
    {
        try
        {
            var known = await context.Client.ListReleaseCommitsAsync(project, token);
            if (known.Any(release => release.Version == version)) return; // A job that is run again may stand on another commit.
            var commits = await new ReleaseHistory(new GitProgram(directory)).ReadAsync(version, known, token);
            await context.Client.SetReleaseCommitsAsync(project, version, commits, token);
            if (!context.Json) context.Output.Line(Say(project, version, commits));
            if (commits.Commits.Count == ReleaseCommitsRequest.MostCommits)
                context.Output.Remark($"Only the newest {ReleaseCommitsRequest.MostCommits} commits of {project} {version} were reported.");
        }
        catch (Exception error) when (error is GitException or WheelhouseApiException or HttpRequestException or JsonException)
        {
            context.Output.Remark($"The commits of {project} {version} were not reported: {error.Message}");
        }
    }

    private static string Say(string project, string version, ReleaseCommitsRequest commits) =>
        $"{project} {version}  {Words.Count(commits.Commits.Count, "commit")}{(commits.Previous is { } previous ? $" since {previous}" : "")}";
}
