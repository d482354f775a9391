using System.Net.Http.Json;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests.Access;

public sealed class AuditTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private AccessServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await AccessServer.StartAsync(_folder);
        var audit = _server.Get<AuditLog>();
        await _server.Get<DatabaseWriter>().WriteAsync(context =>
        {
            audit.Record(context, "ann", "service.applied", "billing", "created, revision 1");
            audit.Record(context, "ci", "rollout.deploy", "billing/production", "1.0 as R1");
            audit.Record(context, "ann", "rollout.revert", "shop/production", "100% of it");
        }, Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("", "service.applied rollout.deploy rollout.revert")]
    [InlineData("order=newest", "rollout.revert rollout.deploy service.applied")]
    [InlineData("order=newest&limit=1", "rollout.revert")]
    [InlineData("by=ann", "service.applied rollout.revert")]
    [InlineData("order=newest&by=ann&action=service.applied", "service.applied")]
    [InlineData("text=BILLING", "service.applied rollout.deploy")]
    [InlineData("text=r1", "rollout.deploy")]
    [InlineData("text=0%25", "rollout.revert")]
    [InlineData("text=g_p", "")]
    public async Task Changes_are_read_from_either_end_and_filtered(string query, string actions) =>
        Assert.Equal(actions, string.Join(' ', (await ReadAsync(query)).Select(row => row.Action)));

    [Fact]
    public async Task The_next_older_page_begins_where_one_ended()
    {
        var newest = Assert.Single(await ReadAsync("order=newest&limit=1"));
        Assert.Equal(["rollout.deploy", "service.applied"], (await ReadAsync($"order=newest&before={newest.Id}")).Select(row => row.Action));
    }

    [Theory]
    [InlineData("order=sideways")]
    [InlineData("before=3")]
    [InlineData("order=newest&after=1")]
    [InlineData("limit=501")]
    public async Task What_makes_no_sense_is_refused(string query) =>
        Assert.Equal(400, (await _server.ProblemAsync(HttpMethod.Get, $"/api/audit?{query}")).Status);

    [Fact]
    public async Task The_choices_are_what_there_is()
    {
        var choices = await _server.Get<AuditLog>().FindChoicesAsync(Token);
        Assert.Equal(["rollout.deploy", "rollout.revert", "service.applied"], choices.Actions.Where(action => !action.StartsWith("token.", StringComparison.Ordinal)));
        Assert.Contains("ann", choices.People);
    }

    /// <summary>Without what the server itself records at its start.</summary>
    private async Task<IReadOnlyList<AuditView>> ReadAsync(string query)
    {
        using var response = await _server.SendAsync(HttpMethod.Get, $"/api/audit?{query}", $"Bearer {AccessServer.AdminToken}");
        var rows = await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<List<AuditView>>(Token);
        return [.. rows!.Where(row => row.By is "ann" or "ci")];
    }
}
