using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Contracts.Client;

public sealed partial class WheelhouseClient
{
    /// <summary>Asks for a rollout.</summary>
    /// <param name="service">The service.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="request">What to do.</param>
    /// <param name="idempotencyKey">Asking again with the same key answers with the first rollout instead of starting a second.</param>
    /// <param name="token">Ends the request; the rollout goes on.</param>
    public async Task<AskedRollout> AskRolloutAsync(
        string service, string environment, RolloutRequest request, string idempotencyKey, CancellationToken token)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, $"{Place(service, environment)}/rollouts") { Content = Body(request) };
        message.Headers.Add("Idempotency-Key", idempotencyKey);
        using var response = await SendAsync(message, token);
        var view = await response.Content.ReadFromJsonAsync<RolloutView>(Json, token);
        return new AskedRollout(view!, IsNew: response.StatusCode == HttpStatusCode.Accepted);
    }

    /// <summary>Reads a rollout.</summary>
    public Task<RolloutView> GetRolloutAsync(string id, CancellationToken token) =>
        GetAsync<RolloutView>($"api/rollouts/{Segment(id)}", token);

    /// <summary>Lists rollouts, the newest first.</summary>
    /// <param name="service">The service.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="before">Only those older than this rollout, or null.</param>
    /// <param name="token">Ends the request.</param>
    public Task<IReadOnlyList<RolloutView>> ListRolloutsAsync(
        string service, string environment, int limit, string? before, CancellationToken token)
    {
        var older = before is null ? "" : $"&before={Segment(before)}";
        return GetAsync<IReadOnlyList<RolloutView>>(
            string.Create(CultureInfo.InvariantCulture, $"{Place(service, environment)}/rollouts?limit={limit}{older}"), token);
    }

    /// <summary>Asks for the end of a rollout; it takes effect within 5 seconds.</summary>
    public Task CancelAsync(string id, CancellationToken token) => TellAsync(id, "cancel", token);

    /// <summary>Lets a paused rollout go on.</summary>
    public Task ResumeAsync(string id, CancellationToken token) => TellAsync(id, "resume", token);

    /// <summary>Makes a paused rollout bring the nodes that it touched back to what they ran before.</summary>
    public Task RevertPausedAsync(string id, CancellationToken token) => TellAsync(id, "revert", token);

    private static string Place(string service, string environment) =>
        $"api/services/{Segment(service)}/environments/{Segment(environment)}";

    private async Task TellAsync(string id, string verb, CancellationToken token)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Post, $"api/rollouts/{Segment(id)}/{verb}"), token);
    }
}
