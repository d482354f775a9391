using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Access;

/// <summary>Tells who the server thinks you are.</summary>
internal sealed class WhoAmICommand(CliHost host) : CliCommand(host, "whoami", "Say who you are, on which server")
{
    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var me = await context.Client.WhoAmIAsync(token);
        if (context.Json) context.Output.WriteJson(me);
        else context.Output.Line($"{me.Name} ({me.Role}) on {context.Client.Server} (version {me.Server})");
        return ExitCodes.Success;
    }
}
