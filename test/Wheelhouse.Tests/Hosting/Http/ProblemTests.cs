using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Tests.Access;

namespace Wheelhouse.Tests.Hosting.Http;

public sealed class ProblemTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_refusal_keeps_all_its_members()
    {
        await using var server = await StartAsync();
        var problem = await server.ProblemAsync(HttpMethod.Get, "/refuse");
        Assert.Equal((409, "Conflict", "rollout_active"), (problem.Status, problem.Title, problem.Code));
        Assert.Equal(("It is busy.", "Wait.", "r1"), (problem.Detail, problem.Fix, problem.Rollout));
        Assert.Equal([new DocumentError(3, 1, "batches", "Wrong.")], problem.Errors!);
    }

    [Fact]
    public async Task A_bug_tells_its_trace_and_nothing_else_and_is_logged_once()
    {
        await using var server = await StartAsync();
        var problem = await server.ProblemAsync(HttpMethod.Get, "/bug");
        Assert.Equal((500, "internal_error"), (problem.Status, problem.Code));
        Assert.Matches(@"^The server failed at this request \(trace [\w:]+\)\.$", problem.Detail);
        var entry = Assert.Single(server.Log.Entries, entry => entry.Level >= LogLevel.Error);
        Assert.Contains("the inner truth", entry.Text, StringComparison.Ordinal);
        Assert.Contains(problem.Detail!.Split("trace ")[1].TrimEnd('.', ')'), entry.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404, "not_found", "There is nothing at /nowhere.")]
    [InlineData("PUT", "/refuse", 405, "method_not_allowed", "PUT is not possible at /refuse.")]
    [InlineData("GET", "/empty/403", 403, "forbidden", "The token does not allow this.")]
    [InlineData("GET", "/empty/418", 418, "invalid_request", "I'm a teapot: GET /empty/418.")]
    [InlineData("GET", "/empty/503", 503, "internal_error", "Service Unavailable: GET /empty/503.")]
    [InlineData("GET", "/number", 400, "invalid_request", "count is missing.")]
    [InlineData("GET", "/number?count=many", 400, "invalid_request", "'many' cannot be read as count.")]
    public async Task An_answer_without_a_body_gets_one(string method, string path, int status, string code, string detail)
    {
        await using var server = await StartAsync();
        var problem = await server.ProblemAsync(new HttpMethod(method), path);
        Assert.Equal((status, code, detail), (problem.Status, problem.Code, problem.Detail));
    }

    [Theory]
    [InlineData("{", "application/json", 400, "body")]
    [InlineData("", "application/json", 400, "body")]
    [InlineData("{}", "application/json", 400, "name role")]
    [InlineData("{\"name\":\"a\",\"role\":7}", "application/json", 400, "role")]
    [InlineData("{\"name\":\"a\",\"role\":\"viewer\",\n\"services\":[[]]}", "application/json", 400, "services[0]")]
    [InlineData("name=a", "text/plain", 415, "")]
    public async Task A_body_that_cannot_be_read_names_the_field(string body, string type, int status, string fields)
    {
        await using var server = await StartAsync();
        var problem = await server.ProblemAsync(HttpMethod.Post, "/api/tokens", new StringContent(body, Encoding.UTF8, type));
        Assert.Equal((status, fields), (problem.Status, string.Join(' ', (problem.Errors ?? []).Select(error => error.Field))));
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_told_so()
    {
        await using var server = await StartAsync();
        var problem = await server.ProblemAsync(HttpMethod.Post, "/api/tokens", JsonContent.Create(new string('x', 31_000_000)));
        Assert.Equal((413, "too_large"), (problem.Status, problem.Code));
    }

    private Task<AccessServer> StartAsync() => AccessServer.StartAsync(_folder, map: app =>
    {
        app.MapGet("/refuse", string () => throw new ApiException(409, ProblemCodes.RolloutActive, "It is busy.", "Wait.")
        {
            Rollout = "r1",
            Errors = [new DocumentError(3, 1, "batches", "Wrong.")],
        });
        app.MapGet("/bug", string () => throw new InvalidOperationException("the inner truth"));
        app.MapGet("/empty/{status:int}", (int status) => Microsoft.AspNetCore.Http.Results.StatusCode(status));
        app.MapGet("/number", (int count) => count);
    });
}
