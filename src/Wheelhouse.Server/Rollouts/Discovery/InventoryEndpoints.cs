using Wheelhouse.Contracts.Inventory;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Services.Catalog;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Rollouts.Discovery;

/// <summary>Testing inventories over HTTP.</summary>
internal static class InventoryEndpoints
{
    public static void MapInventory(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/services/{service}/environments/{environment}/inventory/test", Test)
            .RequireAuthorization(Policies.View).WithTags("Nodes").WithSummary("Asks an environment's inventory for its nodes and shows the answer; changes nothing");
        routes.MapPost("/api/inventory/test", TestDocument)
            .RequireAuthorization(Policies.Administer).WithTags("Nodes").Accepts<string>("text/yaml", "*/*")
            .WithSummary("Asks the inventories of a file of service documents that need not be applied, environment after environment; changes nothing");
    }

    private static async Task<InventoryTestView> Test(
        string service, string environment, Caller caller, ServiceCatalog catalog, InventoryTester tester, CancellationToken token)
    {
        caller.RequireMaySee(service);
        var (document, _) = await catalog.RequireAsync(service, environment, token);
        return await tester.TestAsync(service, document.Find(environment)!, isApplied: true, token);
    }

    private static async Task<IReadOnlyList<InventoryTestView>> TestDocument(HttpRequest request, ServiceDocumentParser parser, InventoryTester tester, CancellationToken token)
    {
        var parsed = parser.Parse(await DocumentBody.ReadAsync(request.Body, token));
        if (parsed.Errors.Count > 0) throw DocumentBody.Invalid(parsed.Errors);
        var tests = new List<InventoryTestView>();
        foreach (var service in parsed.Services.Select(one => one.Document))
        {
            foreach (var environment in service.Environments) tests.Add(await tester.TestAsync(service.Name, environment, isApplied: false, token));
        }

        return tests;
    }
}
