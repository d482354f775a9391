using System.CommandLine;
using Wheelhouse.Cli.Commands.Services;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Notifications;

/// <summary>Makes the channels on the server what a file says.</summary>
internal sealed class ChannelsApplyCommand : CliCommand
{
    private readonly Option<string> _file = new("--file", "-f") { Description = "The YAML document; - reads standard input", HelpName = "FILE", Required = true };
    private readonly Option<bool> _check = new("--check") { Description = "Only check the document; change nothing" };

    public ChannelsApplyCommand(CliHost host) : base(host, "apply", "Apply the channels that a YAML document describes")
    {
        Add(_file);
        Add(_check);
    }

    protected override Task<int> RunAsync(CommandContext context, CancellationToken token) => DocumentFile.UseAsync(context, context.Get(_file)!, async file =>
    {
        if (context.Get(_check))
        {
            await context.Client.ValidateChannelsAsync(file.Yaml, token);
            if (!context.Json) context.Output.Line($"{file.Name} is valid.");
            return ExitCodes.Success;
        }
        var applied = await context.Client.ApplyChannelsAsync(file.Yaml, token);
        if (context.Json) context.Output.WriteJson(applied);
        else foreach (var channel in applied) AppliedLine.Write(context, channel.Channel, channel.Change, channel.Revision);
        return ExitCodes.Success;
    }, token);
}
