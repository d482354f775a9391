using Wheelhouse.Contracts.Access;
using Wheelhouse.Server.Access.SignIn;

namespace Wheelhouse.Server.Access.Users;

/// <summary>Users over HTTP.</summary>
internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/users").RequireAuthorization(Policies.Administer);
        group.MapGet("/", (UserAccounts users, CancellationToken token) => users.ListAsync(token)).WithSummary("Lists the users");
        group.MapPost("/", Create).WithSummary("Makes a user");
        group.MapPatch("/{name}", Change).WithSummary("Changes a user's role, limits or whether it is disabled; what is left out stays");
        group.MapPut("/{name}/password", SetPassword).WithSummary("Gives a user another password and ends its sessions");
        group.MapDelete("/{name}", Remove).WithSummary("Removes a user and ends its sessions");
        routes.MapPut("/whoami/password", SetOwnPassword).RequireAuthorization(Policies.View)
            .WithSummary("Gives the signed-in user another password and ends its other sessions");
    }

    private static async Task<IResult> Create(UserRequest asked, Caller caller, UserAccounts users, CancellationToken token)
    {
        var view = await users.AddAsync(asked, caller.Name, token);
        return TypedResults.Created($"/api/users/{Uri.EscapeDataString(view.Name)}", view);
    }

    private static Task<UserView> Change(string name, UserChange change, Caller caller, UserAccounts users, CancellationToken token) =>
        users.ChangeAsync(name, change, caller.Name, token);

    private static async Task<IResult> SetPassword(
        string name, PasswordRequest request, Caller caller, UserAccounts users, CancellationToken token)
    {
        await users.SetPasswordAsync(name, request.Password, caller.Name, keep: null, token);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Remove(string name, Caller caller, UserAccounts users, CancellationToken token)
    {
        await users.RemoveAsync(name, caller.Name, token);
        return TypedResults.NoContent();
    }

    private static async Task SetOwnPassword(OwnPasswordRequest request, HttpContext http, OwnPassword own, CancellationToken token)
    {
        if (await own.ChangeAsync(http.Caller(), request, token) is { } wait) await TooManyTries.ProblemAsync(http, wait);
        else http.Response.StatusCode = StatusCodes.Status204NoContent;
    }
}
