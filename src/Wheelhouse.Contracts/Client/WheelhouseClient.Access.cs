using System.Globalization;
using Wheelhouse.Contracts.Access;

namespace Wheelhouse.Contracts.Client;

public sealed partial class WheelhouseClient
{
    /// <summary>Says whose token is sent, and the server's version.</summary>
    public Task<WhoAmI> WhoAmIAsync(CancellationToken token) => GetAsync<WhoAmI>("api/whoami", token);

    /// <summary>Exchanges the one-time code of the first start for an admin token.</summary>
    public Task<CreatedToken> SetUpAsync(SetupRequest request, CancellationToken token) =>
        PostAsync<CreatedToken>("api/setup", Body(request), token);

    /// <summary>Lists the tokens, without their secrets.</summary>
    public Task<IReadOnlyList<TokenView>> ListTokensAsync(CancellationToken token) =>
        GetAsync<IReadOnlyList<TokenView>>("api/tokens", token);

    /// <summary>Makes a token.</summary>
    public Task<CreatedToken> CreateTokenAsync(TokenRequest request, CancellationToken token) =>
        PostAsync<CreatedToken>("api/tokens", Body(request), token);

    /// <summary>Ends a token, at once.</summary>
    public async Task RevokeTokenAsync(string name, CancellationToken token)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"api/tokens/{Segment(name)}"), token);
    }

    /// <summary>Reads a page of the audit log, the oldest row first.</summary>
    /// <param name="after">Only rows with a higher id; 0 for the first page.</param>
    /// <param name="token">Ends the request.</param>
    public Task<IReadOnlyList<AuditView>> ListAuditAsync(long after, CancellationToken token) =>
        GetAsync<IReadOnlyList<AuditView>>(string.Create(CultureInfo.InvariantCulture, $"api/audit?after={after}"), token);
}
