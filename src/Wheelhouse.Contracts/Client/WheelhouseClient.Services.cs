using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Wheelhouse.Contracts.Services;

namespace Wheelhouse.Contracts.Client;

public sealed partial class WheelhouseClient
{
    /// <summary>Applies a document of one or more services; its problem lists every error with its line.</summary>
    public Task<IReadOnlyList<AppliedService>> ApplyAsync(string yaml, CancellationToken token) =>
        PostAsync<IReadOnlyList<AppliedService>>("api/services/apply", Yaml(yaml), token);

    /// <summary>Checks a document as <see cref="ApplyAsync"/> does and changes nothing.</summary>
    public async Task ValidateAsync(string yaml, CancellationToken token)
    {
        using var response = await SendAsync(
            new HttpRequestMessage(HttpMethod.Post, "api/services/validate") { Content = Yaml(yaml) }, token);
    }

    /// <summary>Lists the services that the token may see.</summary>
    public Task<IReadOnlyList<ServiceView>> ListServicesAsync(CancellationToken token) =>
        GetAsync<IReadOnlyList<ServiceView>>("api/services", token);

    /// <summary>Reads one service.</summary>
    public Task<ServiceView> GetServiceAsync(string service, CancellationToken token) =>
        GetAsync<ServiceView>($"api/services/{Segment(service)}", token);

    /// <summary>Deletes a service. Its nodes are not touched, and its history stays.</summary>
    public async Task DeleteServiceAsync(string service, CancellationToken token)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"api/services/{Segment(service)}"), token);
    }

    /// <summary>Lists the revisions of a service's document.</summary>
    public Task<IReadOnlyList<ServiceRevisionView>> ListRevisionsAsync(string service, CancellationToken token) =>
        GetAsync<IReadOnlyList<ServiceRevisionView>>($"api/services/{Segment(service)}/revisions", token);

    /// <summary>Reads one revision of a service's document.</summary>
    public Task<ServiceRevisionView> GetRevisionAsync(string service, int number, CancellationToken token) =>
        GetAsync<ServiceRevisionView>(
            string.Create(CultureInfo.InvariantCulture, $"api/services/{Segment(service)}/revisions/{number}"), token);

    private static StringContent Yaml(string yaml) => new(yaml, Encoding.UTF8, new MediaTypeHeaderValue("text/yaml", "utf-8"));
}
