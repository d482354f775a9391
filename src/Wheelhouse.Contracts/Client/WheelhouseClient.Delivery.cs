using Wheelhouse.Contracts.Delivery;

namespace Wheelhouse.Contracts.Client;

public sealed partial class WheelhouseClient
{
    /// <summary>Computes delivery metrics.</summary>
    public Task<DeliveryView> GetDeliveryAsync(DeliveryQuery query, CancellationToken token) =>
        GetAsync<DeliveryView>($"api/delivery{query.ToQueryString()}", token);

    /// <summary>The same as CSV (RFC 4180): a row for each bucket and service.</summary>
    public async Task<string> GetDeliveryCsvAsync(DeliveryQuery query, CancellationToken token)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Get, $"api/delivery.csv{query.ToQueryString()}"), token);
        return await response.Content.ReadAsStringAsync(token);
    }

    /// <summary>What was published since the release that runs in an environment, with its commits.</summary>
    public Task<UndeployedView> GetUndeployedAsync(string service, string environment, CancellationToken token) =>
        GetAsync<UndeployedView>($"{Place(service, environment)}/undeployed", token);

    /// <summary>What is known of the commits of a project's releases, the one that was said last first.</summary>
    public Task<IReadOnlyList<ReleaseCommitsView>> ListReleaseCommitsAsync(string project, CancellationToken token) =>
        GetAsync<IReadOnlyList<ReleaseCommitsView>>($"{FilesPath(project, version: null, file: null)}/commits", token);

    /// <summary>Says which commits a release contains. The same again changes nothing; something else replaces it.</summary>
    public async Task SetReleaseCommitsAsync(string project, string version, ReleaseCommitsRequest commits, CancellationToken token)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, FilesPath(project, version, file: null) + "/commits") { Content = Body(commits) };
        using var response = await SendAsync(request, token);
    }
}
