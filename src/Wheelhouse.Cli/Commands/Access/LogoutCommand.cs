using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Settings;

namespace Wheelhouse.Cli.Commands.Access;

/// <summary>Forgets the saved token.</summary>
internal sealed class LogoutCommand(CliHost host) : CliCommand(host, "logout", "Forget the saved server and token")
{
    protected override Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var had = ConfigFile.Of(context.Host).Delete();
        if (!context.Json) context.Output.Line(had ? "Logged out. The token itself still works; end it with `wheelhouse tokens revoke NAME`." : "You were not logged in.");
        return Task.FromResult(ExitCodes.Success);
    }
}
