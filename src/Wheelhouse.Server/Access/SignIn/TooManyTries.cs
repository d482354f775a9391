using System.Globalization;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Access.SignIn;

/// <summary>Answers those who try too often (RFC 6585).</summary>
internal static class TooManyTries
{
    /// <summary>With the page of the sign-in.</summary>
    public static IResult Page(HttpContext http, TimeSpan wait, string? path, string? name)
    {
        var seconds = Say(http, wait);
        return PlainPage.Answer(http, SignInPage.Ask(http, path, name, $"There were too many tries. Wait {seconds} seconds, then try again."), 429);
    }

    /// <summary>With a problem.</summary>
    public static Task ProblemAsync(HttpContext http, TimeSpan wait)
    {
        var seconds = Say(http, wait);
        return Problems.WriteAsync(http, new ApiException(429, ProblemCodes.TooManyTries, "There were too many tries.", $"Wait {seconds} seconds, then try again."));
    }

    private static int Say(HttpContext http, TimeSpan wait)
    {
        var seconds = (int)Math.Max(1, Math.Ceiling(wait.TotalSeconds));
        http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        return seconds;
    }
}
