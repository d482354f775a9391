using System.Net;
using System.Text.Json;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Cli.Hosting;

/// <summary>Tells a failure on standard error, as a message and a fix (or one line of JSON), and chooses the exit code.</summary>
/// <param name="host">Where to write.</param>
/// <param name="json">Whether programs read it.</param>
internal sealed class ErrorReporter(CliHost host, bool json)
{
    public int Report(Exception error)
    {
        if (error is OperationCanceledException && host.Interrupts.First.IsCancellationRequested) return host.Interrupts.ExitCode;
        var (exitCode, problem) = Explain(error);
        if (json)
        {
            host.Error.WriteLine(JsonSerializer.Serialize(problem, Writer.JsonLine));
            return exitCode;
        }
        host.Error.WriteLine($"error: {Printable.Of(problem.Detail ?? problem.Title)}");
        foreach (var item in problem.Errors ?? []) host.Error.WriteLine(Printable.Of($"  {item.Field}: {item.Message}{(item.Fix is null ? "" : $" ({item.Fix})")}"));
        if (problem.Fix is not null) host.Error.WriteLine($"  fix: {Printable.Of(problem.Fix)}");
        return exitCode;
    }

    private static (int ExitCode, ApiProblem Problem) Explain(Exception error) => error switch
    {
        CliException expected => (expected.ExitCode, new ApiProblem { Detail = expected.Message, Fix = expected.Fix }),
        WheelhouseApiException api => (CodeOf(api.Problem), WithFix(api.Problem)),
        EventStreamLostException lost => (ExitCodes.Error, new ApiProblem
        {
            Detail = $"The server stayed away: {lost.Message}.",
            Fix = "The rollout goes on without this command once the server is back; follow it again then.",
        }),
        HttpRequestException http => (ExitCodes.Error, new ApiProblem { Detail = $"Cannot reach the server: {Cause(http)}.", Fix = FixOf(http) }),
        JsonException => (ExitCodes.Error, new ApiProblem
        {
            Detail = "What answers at this URL is not a Wheelhouse server, or one of another version.",
            Fix = "Check the URL: wheelhouse whoami --server URL",
        }),
        UnauthorizedAccessException or IOException => (ExitCodes.Error, new ApiProblem { Detail = error.Message }),
        _ => (ExitCodes.Error, new ApiProblem { Detail = $"Unexpected: {error.Message} ({error.GetType().Name})" }),
    };

    private static int CodeOf(ApiProblem problem) => problem.Status switch
    {
        400 or 422 => ExitCodes.Usage,
        401 or 403 or 404 or 409 or 410 or 423 => ExitCodes.Refused,
        _ => ExitCodes.Error,
    };

    private static ApiProblem WithFix(ApiProblem problem) => problem.Fix is not null ? problem : problem with
    {
        Fix = problem.Code switch
        {
            ProblemCodes.Unauthenticated => "Log in: wheelhouse login URL",
            ProblemCodes.RolloutActive when problem.Rollout is { } id =>
                $"Follow it: wheelhouse follow {id}; or wait for it: add --queue; or end it: wheelhouse cancel {id}",
            ProblemCodes.Forbidden => "See what your token may do: wheelhouse whoami; ask an admin for one that may do this",
            _ => null,
        },
    };

    private static string Cause(HttpRequestException error) => (error.InnerException?.Message ?? error.Message).TrimEnd('.');

    private static string FixOf(HttpRequestException error) => error.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => "Check the host name in the URL.",
        HttpRequestError.SecureConnectionError =>
            "If the server's certificate comes from your own authority, name that authority's file in SSL_CERT_FILE.",
        _ when error.StatusCode is HttpStatusCode.ProxyAuthenticationRequired => "Check HTTPS_PROXY and NO_PROXY.",
        _ => "Check that the server runs and that the URL is right: wheelhouse whoami",
    };
}
