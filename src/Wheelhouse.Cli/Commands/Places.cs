using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Services;

namespace Wheelhouse.Cli.Commands;

/// <summary>Finds an environment of a service.</summary>
internal static class Places
{
    /// <exception cref="CliException">The service has no such environment.</exception>
    public static async Task<EnvironmentView> FindAsync(CommandContext context, string service, string environment, CancellationToken token)
    {
        var view = await context.Client.GetServiceAsync(service, token);
        return view.Environments.FirstOrDefault(candidate => candidate.Name == environment) ?? throw new CliException(
            ExitCodes.Refused,
            $"{service} has no environment '{environment}'.",
            $"Its environments: {Words.Names([.. view.Environments.Select(candidate => candidate.Name)])}");
    }
}
