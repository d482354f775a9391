using System.Runtime.CompilerServices;
using System.Text.Json;
using Wheelhouse.Contracts.Doctor;
using Wheelhouse.Contracts.Inventory;
using Wheelhouse.Contracts.Nodes;

namespace Wheelhouse.Contracts.Client;

public sealed partial class WheelhouseClient
{
    /// <summary>Reads the host keys that the nodes show now.</summary>
    public Task<IReadOnlyList<HostKeyView>> ListHostKeysAsync(string service, string environment, CancellationToken token) =>
        GetAsync<IReadOnlyList<HostKeyView>>($"{Place(service, environment)}/host-keys", token);

    /// <summary>Trusts host keys that a person has seen.</summary>
    public async Task TrustHostKeysAsync(string service, string environment, TrustRequest request, CancellationToken token)
    {
        using var response = await SendAsync(
            new HttpRequestMessage(HttpMethod.Post, $"{Place(service, environment)}/host-keys/trust") { Content = Body(request) }, token);
    }

    /// <summary>Asks an environment's inventory and shows what it answers.</summary>
    public Task<InventoryTestView> TestInventoryAsync(string service, string environment, CancellationToken token) =>
        PostAsync<InventoryTestView>($"{Place(service, environment)}/inventory/test", null, token);

    /// <summary>Asks the inventories of a document that need not be applied.</summary>
    public Task<IReadOnlyList<InventoryTestView>> TestInventoryAsync(string yaml, CancellationToken token) =>
        PostAsync<IReadOnlyList<InventoryTestView>>("api/inventory/test", Yaml(yaml), token);

    /// <summary>Re-reads the fencing epochs of the nodes, as is needed once after an older database was restored.</summary>
    public async Task ResetFenceAsync(string service, string environment, CancellationToken token)
    {
        using var response = await SendAsync(
            new HttpRequestMessage(HttpMethod.Post, $"{Place(service, environment)}/fence-reset"), token);
    }

    /// <summary>Checks every node and yields each finding as it is made.</summary>
    public async IAsyncEnumerable<DoctorFinding> DiagnoseAsync(
        string service, string environment, [EnumeratorCancellation] CancellationToken token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Place(service, environment)}/doctor");
        using var response = await ProblemReader.EnsureSuccessAsync(
            await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token), token);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(token));
        while (await lines.ReadLineAsync(token) is { } line)
        {
            if (line.Length > 0) yield return JsonSerializer.Deserialize<DoctorFinding>(line, Json)!;
        }
    }
}
