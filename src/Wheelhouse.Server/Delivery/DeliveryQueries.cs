using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Delivery.Deployments;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Services.Catalog;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Delivery;

/// <summary>Computes delivery metrics from the event log, for the API and the page.</summary>
internal sealed class DeliveryQueries(ServiceCatalog catalog, RolloutLog rollouts, ReleaseLog releases, TimeProvider time)
{
    /// <summary>The deployments that a filter lets through, of the services that the caller may see and whose documents are valid.</summary>
    /// <exception cref="ApiException">403 or 404: there is no such service, team or environment, or not for the caller.</exception>
    public async Task<DeliveryReport> ReadAsync(DeliveryFilter filter, Caller caller, CancellationToken token)
    {
        var documents = Choose(await FindDocumentsAsync(filter.Service, caller, token), filter);
        var known = await releases.ReadAsync(token);
        var ended = (await rollouts.ReadAsync(token)).ToLookup(rollout => (rollout.Service, rollout.Environment));
        var services = documents.Select(document =>
        {
            string[] environments = [.. Environments(document, filter.Environment)];
            var ofProject = known.GetValueOrDefault(ProjectOf(document), KnownReleases.None);
            var deployments = environments.SelectMany(environment => PlaceHistory.Read(ended[(document.Name, environment)], ofProject))
                .Where(deployment => deployment.EndedAt >= filter.Period.From && deployment.EndedAt < filter.Period.To);
            return new ServiceDeployments(document.Name, document.Team, environments, [.. deployments]);
        });
        return new DeliveryReport(filter, [.. services], time.GetUtcNow());
    }

    /// <summary>What can be chosen from: the teams and environments of the services that the caller may see, by name.</summary>
    public async Task<DeliveryChoices> FindChoicesAsync(Caller caller, CancellationToken token)
    {
        var documents = await FindDocumentsAsync(service: null, caller, token);
        return new DeliveryChoices(
            [.. documents.Select(document => document.Name)],
            [.. documents.Select(document => document.Team).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            [.. documents.SelectMany(document => document.Environments).Select(environment => environment.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
    }

    private async Task<IReadOnlyList<ServiceDocument>> FindDocumentsAsync(string? service, Caller caller, CancellationToken token)
    {
        if (service is null)
            return [.. (await catalog.ListAsync(token)).Where(listed => caller.MaySee(listed.Name)).Select(listed => listed.Document).OfType<ServiceDocument>()];
        caller.RequireMaySee(service);
        return [(await catalog.RequireAsync(service, token)).Document];
    }

    private static IReadOnlyList<ServiceDocument> Choose(IReadOnlyList<ServiceDocument> documents, DeliveryFilter filter)
    {
        var chosen = documents;
        if (filter.Team is { } team)
        {
            chosen = [.. chosen.Where(document => document.Team == team)];
            if (chosen.Count == 0) throw None($"There is no service of a team '{team}'.", "Name the team in the documents of its services: 'team: NAME'.");
        }

        if (filter.Environment is not { } environment) return chosen;
        chosen = [.. chosen.Where(document => Environments(document, environment).Any())];
        return chosen.Count > 0 || environment == DeliveryQuery.EveryEnvironment ? chosen : throw None(
            $"No service has an environment '{environment}'.", $"Leave it out for the last one of each service, or ask for {DeliveryQuery.EveryEnvironment} for all.");
    }

    private static IEnumerable<string> Environments(ServiceDocument document, string? wanted) => wanted switch
    {
        null => [document.Environments[^1].Name],
        DeliveryQuery.EveryEnvironment => document.Environments.Select(environment => environment.Name),
        _ => document.Environments.Select(environment => environment.Name).Where(name => name == wanted),
    };

    private static string ProjectOf(ServiceDocument document) => document.Package.Name.Normalized;

    private static ApiException None(string message, string fix) => new(404, ProblemCodes.NotFound, message, fix);
}

/// <summary>What delivery metrics can be asked for.</summary>
/// <param name="Services">The names of the services.</param>
/// <param name="Teams">The names of their teams.</param>
/// <param name="Environments">The names of their environments.</param>
public sealed record DeliveryChoices(IReadOnlyList<string> Services, IReadOnlyList<string> Teams, IReadOnlyList<string> Environments);
