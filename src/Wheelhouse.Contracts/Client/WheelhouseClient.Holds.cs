using Wheelhouse.Contracts.Holds;

namespace Wheelhouse.Contracts.Client;

public sealed partial class WheelhouseClient
{
    /// <summary>Lists the holds that stand now on what the token may see, freeze windows too.</summary>
    public Task<IReadOnlyList<HoldView>> ListHoldsAsync(CancellationToken token) => GetAsync<IReadOnlyList<HoldView>>("api/holds", token);

    /// <summary>Places a manual hold.</summary>
    public Task<HoldView> PlaceHoldAsync(HoldRequest request, CancellationToken token) => PostAsync<HoldView>("api/holds", Body(request), token);

    /// <summary>Lifts a manual hold.</summary>
    /// <param name="service">The service; null for a hold on an environment of all services.</param>
    /// <param name="environment">The environment; null for a hold on a whole service.</param>
    /// <param name="token">Ends the request.</param>
    public async Task LiftHoldAsync(string? service, string? environment, CancellationToken token)
    {
        var place = string.Join('&', new[] { Query("service", service), Query("environment", environment) }.OfType<string>());
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"api/holds?{place}"), token);
    }

    private static string? Query(string name, string? value) => value is null ? null : $"{name}={Segment(value)}";
}
