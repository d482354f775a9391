using System.CommandLine;
using System.Text.Json.Serialization;
using Spectre.Console;
using Wheelhouse.Cli.Commands.Rollouts;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Publishing;
using Wheelhouse.Cli.Publishing.Git;
using Wheelhouse.Contracts.Client;

namespace Wheelhouse.Cli.Commands.Index;

/// <summary>Puts wheels and sdists on the index.</summary>
internal sealed class PublishCommand : CliCommand
{
    private readonly Argument<string[]> _files = new("FILE") { Description = "Wheels and sdists, such as dist/*", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _build = new("--build") { Description = "The build that made them, such as the address of its page; in CI it is found by itself", HelpName = "TEXT" };
    private readonly Option<bool> _skipExisting = new("--skip-existing") { Description = "Go on when a file is on the index already" };
    private readonly Option<string?> _repository = new("--repository") { Description = "The git working tree that the files were built from; the one that holds them unless told", HelpName = "DIR" };
    private readonly Option<bool> _noCommits = new("--no-commits") { Description = "Do not report which commits the release contains" };

    public PublishCommand(CliHost host) : base(host, "publish", "Upload wheels and sdists to the index")
    {
        Add(_files);
        Add(_skipExisting);
        Add(_build);
        Add(_repository);
        Add(_noCommits);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var uploads = new List<(string Path, Upload Upload)>();
        var build = context.Get(_build) ?? CiBuild.Page(context.Host);
        if (context.Get(_repository) is { } repository && !ReleaseHistory.IsIn(repository))
            throw new CliException(ExitCodes.Usage, $"--repository: {repository} is not in a git working tree.");
        foreach (var path in context.Need(_files)) uploads.Add((path, await Distribution.ReadAsync(path, token) with { Build = build })); // All are checked before one is sent
        var results = new List<PublishedFile>();
        foreach (var (path, upload) in uploads)
        {
            var result = await PublishAsync(context, path, upload, token);
            results.Add(result);
            if (!context.Json) context.Output.Line($"{upload.FileName}  {result.Result}");
        }
        if (!context.Get(_noCommits)) await ReportCommitsAsync(context, uploads.Where((_, i) => results[i].IsNew), token);
        if (context.Json) context.Output.WriteJson(results);
        return ExitCodes.Success;
    }

    /// <summary>Of files that were there already nobody knows from which commit they come.</summary>
    private async Task ReportCommitsAsync(CommandContext context, IEnumerable<(string Path, Upload Upload)> files, CancellationToken token)
    {
        foreach (var release in files.GroupBy(file => (Field(file.Upload, "name"), Field(file.Upload, "version"))))
        {
            if (release.Key is not ({ } project, { } version)) continue;
            var directory = context.Get(_repository) ?? Path.GetDirectoryName(Path.GetFullPath(release.First().Path))!;
            if (!ReleaseHistory.IsIn(directory)) continue;
            if (context.Get(_repository) is null && SourceProject.FindName(directory) is { } source && !SourceProject.IsSame(source, project))
                context.Output.Remark($"The commits of {project} {version} were not reported: the sources around it are those of {source}. With --repository they are taken for its own.");
            else await CommitReport.SendAsync(context, directory, project, version, token);
        }
    }

    private static string? Field(Upload upload, string name) => upload.Metadata.FirstOrDefault(field => field.Key == name).Value;

    private async Task<PublishedFile> PublishAsync(CommandContext context, string path, Upload upload, CancellationToken token)
    {
        try
        {
            await SendAsync(context, path, upload, token);
            return new PublishedFile(upload.FileName, upload.Sha256, PublishedFile.Published);
        }
        catch (WheelhouseApiException error) when (context.Get(_skipExisting) && IsThere(error))
        {
            return new PublishedFile(upload.FileName, upload.Sha256, "skipped, it is on the index already");
        }
    }

    private static async Task SendAsync(CommandContext context, string path, Upload upload, CancellationToken token)
    {
        await using var file = File.OpenRead(path);
        if (!context.Host.IsTerminal || context.Json)
        {
            await context.Client.UploadAsync(upload, file, token);
            return;
        }
        await context.Output.Console.Progress().AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new DownloadedColumn(), new TransferSpeedColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask(Markup.Escape(upload.FileName), maxValue: Math.Max(1, file.Length));
                await context.Client.UploadAsync(upload, new ProgressStream(file, bytes => bar.Increment(bytes)), token);
            });
    }

    private static bool IsThere(WheelhouseApiException error) =>
        error.Problem is { Code: "file_exists" } or { Status: 409 }
        || (error.Problem.Status == 400 && error.Message.Contains("already exists", StringComparison.OrdinalIgnoreCase));
}

/// <summary>What became of one file.</summary>
/// <param name="File">Its name.</param>
/// <param name="Sha256">Its SHA-256 in hexadecimal.</param>
/// <param name="Result"><c>published</c>, or why not.</param>
internal sealed record PublishedFile(string File, string Sha256, string Result)
{
    /// <summary>It joined the index.</summary>
    public const string Published = "published";

    [JsonIgnore]
    public bool IsNew => Result == Published;
}
