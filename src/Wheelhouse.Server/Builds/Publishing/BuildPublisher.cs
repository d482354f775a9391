using Microsoft.Extensions.Options;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Python.Distributions;
using Wheelhouse.Python.Wheels;
using Wheelhouse.Server.Builds.Journal;
using Wheelhouse.Server.Builds.Running;
using Wheelhouse.Server.Delivery.Commits;
using Wheelhouse.Server.Hosting;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Index;
using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Index.Maintenance;
using Wheelhouse.Server.Index.Uploads;

namespace Wheelhouse.Server.Builds.Publishing;

/// <summary>Puts what a build made on the index, by the same checks as an upload. The same again changes nothing.</summary>
internal sealed class BuildPublisher(
    IFileStore store, UploadChecker checker, Publisher publisher, CommitsRecorder commits, ServerAddress address, IOptions<IndexOptions> index, ILogger<BuildPublisher> logger)
{
    /// <summary>Whether a build has its files on the disk, whole: then they are published and never built again.</summary>
    public static async Task<bool> HasFilesAsync(BuildRow row, string folder, CancellationToken token)
    {
        var files = row.BuiltFiles();
        foreach (var file in files)
        {
            var path = Path.Combine(folder, file.Name);
            if (!File.Exists(path)) return false;
            await using var stream = File.OpenRead(path);
            if ((await HashedCopy.ReadAsync(stream, to: null, progress: null, token)).Sha256 != file.Sha256) return false;
        }

        return files.Count > 0;
    }

    /// <summary>Publishes the files, the wheels last, so that nobody installs a release of which something is still to come; then says which commits it brings.</summary>
    /// <exception cref="ApiException">The index refuses a file.</exception>
    public async Task PublishAsync(BuildRow row, string folder, CancellationToken token)
    {
        var by = By(row);
        foreach (var file in row.BuiltFiles().OrderBy(file => DistributionFileName.Parse(file.Name) is WheelFileName).ThenBy(file => file.Name, StringComparer.Ordinal))
            await PublishAsync(file, Path.Combine(folder, file.Name), by, $"{address.PublicText}/builds/{row.Id}", token);
        // The same bytes of a later commit are the release that is there: its commits are known.
        if (row.ReleaseCommits() is { } said && said.Previous != row.Version) await RecordAsync(row, said, by, token);
    }

    /// <summary>The release is there: commits that cannot be recorded, as with a link that is too long, do not make it a failure.</summary>
    private async Task RecordAsync(BuildRow row, ReleaseCommitsRequest said, string by, CancellationToken token)
    {
        try
        {
            await commits.RecordAsync(row.Project, row.Version!, said, by, token);
        }
        catch (ApiException flaw)
        {
            logger.LogWarning("The commits of {Project} {Version} could not be recorded: {Reason}", row.Project, row.Version, flaw.Message);
        }
    }

    private async Task PublishAsync(BuiltFile file, string path, string by, string build, CancellationToken token)
    {
        var name = DistributionFileName.Parse(file.Name);
        checker.CheckName(name);
        if (file.Size > index.Value.MaxFileSize) throw UploadRefusals.TooLarge(index.Value.MaxFileMib);
        await using var source = File.OpenRead(path);
        var received = new ReceivedFile(name, await store.CreateAsync(token));
        await using var incoming = received.Incoming;
        (received.Sha256, received.Size) = await HashedCopy.ReadAsync(source, incoming.Content, progress: null, token);
        if (received.Sha256 != file.Sha256) throw new BuildFault("artefact_changed", $"{file.Name} is not what was built and tested any more.", "Look for what writes into the server's data directory.");
        var contents = await checker.CheckFileAsync(form: null, received, token);
        await publisher.PublishAsync(received, contents, by, build, token);
    }

    private static string By(BuildRow row) => row.Trigger == BuildTriggers.Request ? row.By : $"push by {row.By}";
}
