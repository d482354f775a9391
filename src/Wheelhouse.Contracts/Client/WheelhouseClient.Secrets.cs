using Wheelhouse.Contracts.Secrets;

namespace Wheelhouse.Contracts.Client;

public sealed partial class WheelhouseClient
{
    /// <summary>Lists the secrets that the server keeps, without their values.</summary>
    public Task<IReadOnlyList<SecretView>> ListSecretsAsync(CancellationToken token) => GetAsync<IReadOnlyList<SecretView>>("api/secrets", token);

    /// <summary>Keeps a secret; one of the same name gets the new value.</summary>
    public async Task SetSecretAsync(string name, string value, CancellationToken token)
    {
        using var response = await SendAsync(
            new HttpRequestMessage(HttpMethod.Put, $"api/secrets/{Segment(name)}") { Content = Body(new SecretRequest(value)) }, token);
    }

    /// <summary>Deletes a secret; refused while something names it.</summary>
    public async Task DeleteSecretAsync(string name, CancellationToken token)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"api/secrets/{Segment(name)}"), token);
    }
}
