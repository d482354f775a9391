using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Services;

namespace Wheelhouse.Cli.Commands;

/// <summary>Finds an environment of a service.</summary>
internal static class Places
{
    /// <exception cref="CliException">The service has no such environment, or its document is not valid any more.</exception>
    public static async Task<EnvironmentView> FindAsync(CommandContext context, string service, string environment, CancellationToken token)
    {
        var view = await context.Client.GetServiceAsync(service, token);
        if (view.Errors.Count > 0)
        {
            throw new CliException(
                ExitCodes.Refused, $"The document of {service} is not valid for this server any more: {view.Errors[0].Message}",
                $"See every error with 'wheelhouse status {service}', correct the document and apply it again.");
        }
        return view.Environments.FirstOrDefault(candidate => candidate.Name == environment) ?? throw new CliException(
            ExitCodes.Refused,
            $"{service} has no environment '{environment}'.",
            $"Its environments: {Words.Names([.. view.Environments.Select(candidate => candidate.Name)])}");
    }
}
