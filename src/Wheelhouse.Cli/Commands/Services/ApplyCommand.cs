using System.CommandLine;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Contracts.Services;

namespace Wheelhouse.Cli.Commands.Services;

/// <summary>Makes the services on the server what a file says.</summary>
internal sealed class ApplyCommand : CliCommand
{
    private readonly Option<string> _file = new("--file", "-f") { Description = "The YAML document; - reads standard input", HelpName = "FILE", Required = true };
    private readonly Option<bool> _check = new("--check") { Description = "Only check the document; change nothing" };

    public ApplyCommand(CliHost host) : base(host, "apply", "Apply the services that a YAML document describes")
    {
        Add(_file);
        Add(_check);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        return await DocumentFile.UseAsync(context, context.Get(_file)!, async file =>
        {
            if (context.Get(_check))
            {
                await context.Client.ValidateAsync(file.Yaml, token);
                if (!context.Json) context.Output.Line($"{file.Name} is valid.");
                return ExitCodes.Success;
            }
            Tell(context, await context.Client.ApplyAsync(file.Yaml, token));
            return ExitCodes.Success;
        }, token);
    }

    private static void Tell(CommandContext context, IReadOnlyList<AppliedService> applied)
    {
        if (context.Json)
        {
            context.Output.WriteJson(applied);
            return;
        }
        foreach (var service in applied) AppliedLine.Write(context, service.Service, service.Change, service.Revision);
    }
}
