using Wheelhouse.Contracts.Secrets;
using Wheelhouse.Server.Access;

namespace Wheelhouse.Server.Secrets;

/// <summary>Secrets over HTTP. None of these answers with a value.</summary>
public static class SecretEndpoints
{
    /// <summary>Maps listing, setting and deleting secrets.</summary>
    public static IEndpointRouteBuilder MapSecrets(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/secrets").RequireAuthorization(Policies.Administer).WithTags("Secrets");
        group.MapGet("/", (SecretStore secrets, CancellationToken token) => secrets.ListAsync(token)).WithSummary("Lists the secrets without their values, and what names them");
        group.MapPut("/{name}", Set).WithSummary("Keeps a secret; one of the same name gets the new value");
        group.MapDelete("/{name}", Delete).WithSummary("Deletes a secret; refused while something names it");
        return routes;
    }

    private static async Task<IResult> Set(string name, SecretRequest request, Caller caller, SecretStore secrets, CancellationToken token)
    {
        await secrets.SetAsync(name, request.Value, caller.Name, token);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Delete(string name, Caller caller, SecretStore secrets, CancellationToken token)
    {
        await secrets.DeleteAsync(name, caller.Name, token);
        return TypedResults.NoContent();
    }
}
