using System.CommandLine;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Settings;
using Wheelhouse.Contracts.Access;

namespace Wheelhouse.Cli.Commands.Access;

/// <summary>Opens the pages in the browser, signed in with the rights of the token.</summary>
internal sealed class OpenCommand : CliCommand
{
    private readonly Argument<string?> _path = new("PATH") { Description = "The page, such as /services/billing", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _print = new("--print") { Description = "Print the link instead of opening the browser" };

    public OpenCommand(CliHost host) : base(host, "open", "Open the pages in the browser, signed in")
    {
        Add(_path);
        Add(_print);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var link = await context.Client.CreateSessionLinkAsync(new SessionLinkRequest(context.Get(_path)), token);
        if (context.Json) context.Output.WriteJson(link);
        else if (!context.Get(_print) && OpenFile(context, link))
            context.Output.Line($"Opened {context.Client.Server} in the browser. If nothing appeared: wheelhouse open --print");
        else
        {
            context.Output.Remark($"This link works once, until {context.Output.Times.Clock(link.ExpiresAt)}:");
            context.Output.Line(link.Url);
        }
        return ExitCodes.Success;
    }

    private static bool OpenFile(CommandContext context, SessionLink link)
    {
        var folder = Path.GetDirectoryName(ConfigFile.Of(context.Host).Path)!;
        return context.Host.CanBrowse && context.Host.Browse(LinkFile.Write(folder, link.Url));
    }
}
