using System.CommandLine;
using Spectre.Console;
using Wheelhouse.Cli.Commands.Services;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;

namespace Wheelhouse.Cli.Commands.Notifications;

/// <summary>Shows what the channels of a file would send.</summary>
internal sealed class ChannelsPreviewCommand : CliCommand
{
    private readonly Option<string> _file = new("--file", "-f") { Description = "The YAML document; - reads standard input", HelpName = "FILE", Required = true };
    private readonly Option<string?> _event = new("--event") { Description = "Only this event, such as rollout.failed", HelpName = "EVENT" };

    public ChannelsPreviewCommand(CliHost host) : base(host, "preview", "Show what the channels of a file would send; nothing is sent")
    {
        Add(_file);
        Add(_event);
    }

    protected override Task<int> RunAsync(CommandContext context, CancellationToken token) => DocumentFile.UseAsync(context, context.Get(_file)!, async file =>
    {
        var previews = await context.Client.PreviewChannelsAsync(file.Yaml, context.Get(_event), token);
        if (context.Json)
        {
            context.Output.WriteJson(previews);
            return ExitCodes.Success;
        }
        foreach (var preview in previews)
        {
            context.Output.Console.Write(new Rule($"{preview.Channel}: {preview.Event}") { Justification = Justify.Left, Style = new Style(Color.Grey) });
            context.Output.Line(string.Join('\n', preview.Body.Split('\n').Select(Printable.Of)));
        }
        return ExitCodes.Success;
    }, token);
}
