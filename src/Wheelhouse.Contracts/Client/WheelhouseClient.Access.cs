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

    /// <summary>Lists the users.</summary>
    public Task<IReadOnlyList<UserView>> ListUsersAsync(CancellationToken token) => GetAsync<IReadOnlyList<UserView>>("api/users", token);

    /// <summary>Makes a user.</summary>
    public Task<UserView> CreateUserAsync(UserRequest request, CancellationToken token) => PostAsync<UserView>("api/users", Body(request), token);

    /// <summary>Changes a user's role, limits or whether it is disabled; what is null stays as it is.</summary>
    public Task<UserView> ChangeUserAsync(string name, UserChange change, CancellationToken token) =>
        AskAsync<UserView>(new HttpRequestMessage(HttpMethod.Patch, $"api/users/{Segment(name)}") { Content = Body(change) }, token);

    /// <summary>Gives a user another password and ends its sessions.</summary>
    public async Task SetPasswordAsync(string name, string password, CancellationToken token)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"api/users/{Segment(name)}/password") { Content = Body(new PasswordRequest(password)) };
        using var response = await SendAsync(request, token);
    }

    /// <summary>Removes a user and ends its sessions.</summary>
    public async Task RemoveUserAsync(string name, CancellationToken token)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"api/users/{Segment(name)}"), token);
    }

    /// <summary>Lists the sessions on the pages: all of them for an admin, else one's own.</summary>
    public Task<IReadOnlyList<SessionView>> ListSessionsAsync(CancellationToken token) =>
        GetAsync<IReadOnlyList<SessionView>>("api/sessions", token);

    /// <summary>Ends a session, at once.</summary>
    public async Task EndSessionAsync(string id, CancellationToken token)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Delete, $"api/sessions/{Segment(id)}"), token);
    }

    /// <summary>Makes a link that signs in to the pages with the rights of this client's token, once.</summary>
    public Task<SessionLink> CreateSessionLinkAsync(SessionLinkRequest request, CancellationToken token) =>
        PostAsync<SessionLink>("api/sessions/links", Body(request), token);

    /// <summary>Reads a page of the audit log, the oldest row first.</summary>
    /// <param name="after">Only rows with a higher id; 0 for the first page.</param>
    /// <param name="token">Ends the request.</param>
    public Task<IReadOnlyList<AuditView>> ListAuditAsync(long after, CancellationToken token) =>
        GetAsync<IReadOnlyList<AuditView>>(string.Create(CultureInfo.InvariantCulture, $"api/audit?after={after}"), token);

    /// <summary>Reads a page of the audit log, the newest row first.</summary>
    /// <param name="before">Only rows with a lower id; null for the first page.</param>
    /// <param name="token">Ends the request.</param>
    public Task<IReadOnlyList<AuditView>> ListNewestAuditAsync(long? before, CancellationToken token) =>
        GetAsync<IReadOnlyList<AuditView>>(string.Create(CultureInfo.InvariantCulture, $"api/audit?order=newest{(before is null ? "" : $"&before={before}")}"), token);
}
