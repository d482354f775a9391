using Microsoft.AspNetCore.Http;
using Wheelhouse.Cli;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Services;

namespace Wheelhouse.Tests.Cli.Commands;

public sealed class ServicesTests
{
    private static readonly ServiceView Hello = new("hello", "acme-hello", 2,
    [
        new EnvironmentView("production", "1.1.0", null, null, null, null, 0,
        [
            new NodeStateView("app1", "10.0.0.1", "1.1.0", "good", null, null, []),
            new NodeStateView("app2", "10.0.0.2", "1.1.0", "good", null, null, []),
        ]),
    ]);

    [Theory]
    [InlineData("", StatusCodes.Status204NoContent, ExitCodes.Usage, false, "--yes")]
    [InlineData("--yes", StatusCodes.Status204NoContent, ExitCodes.Success, true, "production: 1.1.0 on app1, app2")]
    [InlineData("--yes", StatusCodes.Status204NoContent, ExitCodes.Success, true, "touches no node")]
    [InlineData("--yes", StatusCodes.Status409Conflict, ExitCodes.Refused, true, "Rollout 01J is active")]
    [InlineData("--yes --json", StatusCodes.Status204NoContent, ExitCodes.Success, true, "\"acme-hello\"")]
    public async Task A_service_is_deleted_only_by_a_clear_word(string options, int status, int code, bool asked, string told)
    {
        await using var api = await ApiDouble.StartAsync();
        api.Routes["GET /api/services/hello"] = http => http.Response.WriteAsJsonAsync(Hello);
        api.Routes["DELETE /api/services/hello"] = async http =>
        {
            http.Response.StatusCode = status;
            if (status == StatusCodes.Status409Conflict)
                await ApiDouble.ProblemAsync(http, new ApiProblem { Status = status, Code = ProblemCodes.RolloutActive, Detail = "Rollout 01J is active.", Fix = "Wait." });
        };
        using var cli = new CliRunner(api.Url);

        var result = await cli.RunAsync(["services", "delete", "hello", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        Assert.Equal(code, result.Code);
        Assert.Equal(asked, api.Requests.Contains("DELETE /api/services/hello"));
        Assert.Contains(told, result.Out + result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("services")]
    [InlineData("status")]
    public async Task An_invalid_service_is_told_with_its_errors_beside_the_others(string command)
    {
        await using var api = await ApiDouble.StartAsync();
        var aged = new ServiceView("aged", "", 4, []) { Errors = [new DocumentError(2, 1, "old", "There is no field 'old'.", "Remove it.")] };
        api.Routes["GET /api/services"] = http => http.Response.WriteAsJsonAsync<IReadOnlyList<ServiceView>>([aged, Hello]);
        using var cli = new CliRunner(api.Url);

        var result = await cli.RunAsync(command);

        Assert.Equal(ExitCodes.Success, result.Code);
        Assert.Contains("line 2, old: There is no field 'old'. (Remove it.)", result.Out, StringComparison.Ordinal);
        Assert.Contains("acme-hello", result.Out, StringComparison.Ordinal);
    }
}
