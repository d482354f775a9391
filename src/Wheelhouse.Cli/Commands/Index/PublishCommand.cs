using System.CommandLine;
using Spectre.Console;
using Wheelhouse.Cli.Commands.Rollouts;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Publishing;
using Wheelhouse.Contracts.Client;

namespace Wheelhouse.Cli.Commands.Index;

/// <summary>Puts wheels and sdists on the index.</summary>
internal sealed class PublishCommand : CliCommand
{
    private readonly Argument<string[]> _files = new("FILE") { Description = "Wheels and sdists, such as dist/*", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> _build = new("--build") { Description = "The build that made them, such as the address of its page; in CI it is found by itself", HelpName = "TEXT" };
    private readonly Option<bool> _skipExisting = new("--skip-existing") { Description = "Go on when a file is on the index already" };

    public PublishCommand(CliHost host) : base(host, "publish", "Upload wheels and sdists to the index")
    {
        Add(_files);
        Add(_skipExisting);
        Add(_build);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var uploads = new List<(string Path, Upload Upload)>();
        var build = context.Get(_build) ?? CiBuild.Page(context.Host);
        foreach (var path in context.Need(_files)) uploads.Add((path, await Distribution.ReadAsync(path, token) with { Build = build })); // All are checked before one is sent
        var results = new List<PublishedFile>();
        foreach (var (path, upload) in uploads)
        {
            var result = await PublishAsync(context, path, upload, token);
            results.Add(result);
            if (!context.Json) context.Output.Line($"{upload.FileName}  {result.Result}");
        }
        if (context.Json) context.Output.WriteJson(results);
        return ExitCodes.Success;
    }

    private async Task<PublishedFile> PublishAsync(CommandContext context, string path, Upload upload, CancellationToken token)
    {
        try
        {
            await SendAsync(context, path, upload, token);
            return new PublishedFile(upload.FileName, upload.Sha256, "published");
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
internal sealed record PublishedFile(string File, string Sha256, string Result);
