using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Access;

/// <summary>Finds the caller of a request.</summary>
public static class CallerHttpContextExtensions
{
    /// <summary>Who makes this request.</summary>
    /// <exception cref="ApiException">401: nobody known; the endpoint allows that, or has no policy.</exception>
    public static Caller Caller(this HttpContext http) => http.Features.Get<Caller>()
        ?? throw new ApiException(401, ProblemCodes.Unauthenticated, "A token is needed.", AccessRefusals.HowToLogIn);
}
