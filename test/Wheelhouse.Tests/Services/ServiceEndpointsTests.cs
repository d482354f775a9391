using System.Net;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Tests.Services;

public sealed class ServiceEndpointsTests
{
    private const string Other = "---\n" + DocumentParsing.Billing;

    private static readonly string Changed = DocumentParsing.Billing.Replace("keep: 7", "keep: 8", StringComparison.Ordinal);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_history_of_a_document_is_kept_and_an_unchanged_one_adds_nothing()
    {
        await using var server = await ServiceServer.StartAsync(Token);
        using var admin = server.Admin;
        foreach (var (yaml, revision, change) in new[]
                 {
                     (DocumentParsing.Billing, 1, "created"), (DocumentParsing.Billing, 1, "unchanged"), (Changed, 2, "updated"), (DocumentParsing.Billing, 3, "updated"),
                 })
        {
            var applied = Assert.Single(await admin.ApplyAsync(yaml, Token));
            Assert.Equal(("billing", revision, change), (applied.Service, applied.Revision, applied.Change));
        }

        var revisions = await admin.ListRevisionsAsync("billing", Token);
        Assert.Equal([3, 2, 1], revisions.Select(revision => revision.Number));
        Assert.All(revisions, revision => Assert.Equal("admin", revision.AppliedBy));
        Assert.Equal(Changed, (await admin.GetRevisionAsync("billing", 2, Token)).Yaml);
        var service = await admin.GetServiceAsync("billing", Token);
        Assert.Equal(("acme-billing[gunicorn]", 3), (service.Package, service.Revision));
        Assert.Equal(["staging", "production"], service.Environments.Select(environment => environment.Name));
        var audit = (await admin.ListAuditAsync(after: 0, Token)).Where(row => row.Action == "service.applied");
        Assert.Equal(["created, revision 1", "updated, revision 2", "updated, revision 3"], audit.Select(row => row.Detail));
    }

    [Fact]
    public async Task A_document_made_from_a_revision_that_is_not_the_newest_changes_nothing()
    {
        await using var server = await ServiceServer.StartAsync(Token);
        using var admin = server.Admin;
        Assert.Equal((1, "created"), Result(await server.ApplyAsync(DocumentParsing.Billing, 0, Token)));
        Assert.Equal((2, "updated"), Result(await server.ApplyAsync(Changed, 1, Token)));
        foreach (var (basedOn, message) in ((int, string)[])
            [(0, "There is a service 'billing' already; nothing was saved."), (1, "Revision 2 of 'billing' was applied meanwhile; nothing was saved.")])
        {
            var refusal = await Assert.ThrowsAsync<ApiException>(() => server.ApplyAsync(DocumentParsing.Billing, basedOn, Token));
            Assert.Equal((409, message), (refusal.Status, refusal.Message));
        }

        Assert.Equal((2, "unchanged"), Result(await server.ApplyAsync(Changed, 2, Token)));
        await admin.DeleteServiceAsync("billing", Token);
        Assert.Equal("The service 'billing' was deleted meanwhile; nothing was saved.", (await Assert.ThrowsAsync<ApiException>(() => server.ApplyAsync(Changed, 2, Token))).Message);
        Assert.Equal((3, "created"), Result(await server.ApplyAsync(Changed, 0, Token)));

        static (int Revision, string Change) Result(AppliedService applied) => (applied.Revision, applied.Change);
    }

    [Fact]
    public async Task A_file_with_an_error_applies_nothing()
    {
        await using var server = await ServiceServer.StartAsync(Token);
        using var admin = server.Admin;
        var file = DocumentParsing.Billing + Other.Replace("service: billing", "service: other", StringComparison.Ordinal).Replace("keep: 7", "keep: x", StringComparison.Ordinal);
        var problem = (await Assert.ThrowsAsync<WheelhouseApiException>(() => admin.ApplyAsync(file, Token))).Problem;
        Assert.Equal((422, ProblemCodes.InvalidDocument), (problem.Status, problem.Code));
        Assert.Equal((69, "policy.keep"), (problem.Errors![0].Line, problem.Errors[0].Field));
        Assert.Empty(await admin.ListServicesAsync(Token));
    }

    [Fact]
    public async Task Validation_changes_nothing()
    {
        await using var server = await ServiceServer.StartAsync(Token);
        using var viewer = await server.ClientAsync(Roles.Viewer, [], Token);
        await viewer.ValidateAsync(DocumentParsing.Billing, Token);
        await Assert.ThrowsAsync<WheelhouseApiException>(() => viewer.ValidateAsync("service: x", Token));
        Assert.Empty(await viewer.ListServicesAsync(Token));
    }

    [Fact]
    public async Task Only_an_admin_applies_and_a_limited_token_sees_its_services_only()
    {
        await using var server = await ServiceServer.StartAsync(Token);
        using var admin = server.Admin;
        await admin.ApplyAsync(DocumentParsing.Billing + Other.Replace("service: billing", "service: other", StringComparison.Ordinal), Token);
        using var limited = await server.ClientAsync(Roles.Deployer, ["other"], Token);
        Assert.Equal(["other"], (await limited.ListServicesAsync(Token)).Select(service => service.Name));
        Assert.Equal(403, (await Assert.ThrowsAsync<WheelhouseApiException>(() => limited.ApplyAsync(Changed, Token))).Problem.Status);
        Assert.Equal(403, (await Assert.ThrowsAsync<WheelhouseApiException>(() => limited.GetServiceAsync("billing", Token))).Problem.Status);
        Assert.Equal(404, (await Assert.ThrowsAsync<WheelhouseApiException>(() => admin.GetServiceAsync("nothing", Token))).Problem.Status);
        Assert.Equal(404, (await Assert.ThrowsAsync<WheelhouseApiException>(() => admin.GetRevisionAsync("billing", 9, Token))).Problem.Status);
    }

    [Fact]
    public async Task A_deleted_service_keeps_its_history_and_comes_back_with_the_next_number()
    {
        await using var server = await ServiceServer.StartAsync(Token);
        using var admin = server.Admin;
        await admin.ApplyAsync(DocumentParsing.Billing, Token);
        server.ActiveRollouts["production"] = "01J0";
        Assert.Equal(HttpStatusCode.Conflict, await DeleteAsync(server));
        server.ActiveRollouts.Clear();
        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync(server));
        Assert.Equal(HttpStatusCode.NotFound, await DeleteAsync(server));
        Assert.Empty(await admin.ListServicesAsync(Token));
        Assert.Single(await admin.ListRevisionsAsync("billing", Token));
        var again = Assert.Single(await admin.ApplyAsync(DocumentParsing.Billing, Token));
        Assert.Equal((2, "created"), (again.Revision, again.Change));
    }

    [Fact]
    public async Task A_stored_document_that_is_not_valid_any_more_is_shown_with_its_errors_beside_the_others()
    {
        await using var server = await ServiceServer.StartAsync(Token);
        using var admin = server.Admin;
        await admin.ApplyAsync(DocumentParsing.Billing, Token);
        await server.StoreAsync("aged", "service: aged\nnodes_of_old: 3\n", Token);
        var services = await admin.ListServicesAsync(Token);
        Assert.Equal(["aged", "billing"], services.Select(service => service.Name));
        var aged = services[0];
        Assert.Contains(aged.Errors, error => error is { Line: 2, Field: "nodes_of_old" });
        Assert.Equal(("", 1, 0), (aged.Package, aged.Revision, aged.Environments.Count));
        Assert.Empty(services[1].Errors);
        Assert.Equal(aged.Errors, (await admin.GetServiceAsync("aged", Token)).Errors);
        Assert.Equal("service: aged\nnodes_of_old: 3\n", (await admin.GetRevisionAsync("aged", 1, Token)).Yaml);
        await admin.DeleteServiceAsync("aged", Token);
        Assert.Equal(["billing"], (await admin.ListServicesAsync(Token)).Select(service => service.Name));
    }

    [Theory]
    [InlineData(1024 * 1024 + 1, 'x', "larger than 1 MiB")]
    [InlineData(3, (char)0xff, "not UTF-8")]
    public async Task A_body_that_cannot_be_a_document_is_refused(int length, char filler, string message)
    {
        await using var server = await ServiceServer.StartAsync(Token);
        using var body = new ByteArrayContent([.. Enumerable.Repeat((byte)filler, length)]);
        using var response = await server.SendAsync(HttpMethod.Post, "/api/services/apply", body, Token);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains(message, await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> DeleteAsync(ServiceServer server)
    {
        using var response = await server.SendAsync(HttpMethod.Delete, "/api/services/billing", body: null, Token);
        return response.StatusCode;
    }
}
