using Microsoft.AspNetCore.Authorization;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Access.SignIn;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Access;

/// <summary>How those are answered whom an endpoint does not let in.</summary>
internal static class AccessRefusals
{
    public const string HowToLogIn = "Log in with 'wheelhouse login', or send 'Authorization: Bearer TOKEN'; "
        + "pip and twine take the user __token__ and the token as the password.";

    /// <summary>Answers somebody who is not known: sends a person to the sign-in page, and tells a program what to send.</summary>
    public static Task ChallengeAsync(HttpContext http, string? failure)
    {
        if (PageRequest.Is(http.Request))
        {
            http.Response.Redirect(LocalPath.SignIn(http.Request));
            return Task.CompletedTask;
        }

        // A browser answers Basic with a dialog of its own, which would cover a page whose script learns that its session has ended.
        var isScript = http.Request.Headers["Sec-Fetch-Mode"] is { Count: > 0 } mode && mode != "navigate";
        http.Response.Headers.WWWAuthenticate = isScript ? "Bearer realm=\"wheelhouse\"" : "Basic realm=\"wheelhouse\"";
        return RefuseAsync(http, new ApiException(401, ProblemCodes.Unauthenticated, failure ?? "A token is needed.", HowToLogIn));
    }

    /// <summary>Answers somebody whose role is too weak: a person with a page, a program with a problem.</summary>
    public static Task ForbidAsync(HttpContext http)
    {
        var caller = http.Caller();
        var policy = http.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>().LastOrDefault(data => data.Policy is not null)?.Policy;
        var role = Policies.RoleOf(policy);
        var refusal = new ApiException(
            403, ProblemCodes.Forbidden, $"{caller.Title} may not do this: its role is {caller.Role}, and {role} is needed.",
            $"Ask an admin for {caller.Wish(role)}.");
        return PageRequest.Is(http.Request)
            ? PlainPage.Answer(http, RefusedPage.Of(http, refusal), refusal.Status).ExecuteAsync(http)
            : RefuseAsync(http, refusal);
    }

    /// <summary>Tools that upload show the reason phrase alone.</summary>
    private static Task RefuseAsync(HttpContext http, ApiException refusal)
    {
        ReasonPhrase.Explain(http, refusal);
        return Problems.WriteAsync(http, refusal);
    }
}
