using System.Text;
using Microsoft.Extensions.Logging;
using Wheelhouse.Server.Access;

namespace Wheelhouse.Tests.Access;

public sealed class CredentialsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Takes_bearer_and_basic_with_any_user()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        string[] headers =
        [
            $"Bearer {AccessServer.AdminToken}", $"bearer   {AccessServer.AdminToken} ", AccessServer.Basic("__token__", AccessServer.AdminToken),
            AccessServer.Basic("ann", AccessServer.AdminToken), AccessServer.Basic("", AccessServer.AdminToken),
        ];
        foreach (var header in headers) Assert.Equal(200, await server.StatusAsync("/view", header));
    }

    [Theory]
    [InlineData("Digest username=x", "The Authorization header is neither Bearer nor Basic.")]
    [InlineData("an-admin-token-of-the-tests", "The Authorization header is neither Bearer nor Basic.")]
    [InlineData("Bearer", "The Authorization header has no token that can be read.")]
    [InlineData("Basic %%%", "The Authorization header has no token that can be read.")]
    [InlineData("Basic YW5u", "The Authorization header has no token that can be read.")]
    [InlineData("Bearer wrong", "The token is not known: it is wrong or was removed.")]
    [InlineData("Bearer whn_", "The node's token is not valid or has expired.")]
    public async Task Says_what_is_wrong_with_a_header(string header, string detail)
    {
        await using var server = await AccessServer.StartAsync(_folder);
        var problem = await server.ProblemAsync(HttpMethod.Get, "/view", authorization: header);
        Assert.Equal((401, "unauthenticated", detail), (problem.Status, problem.Code, problem.Detail));
        Assert.Contains("wheelhouse login", problem.Fix);
    }

    [Fact]
    public async Task A_thousand_garbage_headers_are_all_refused_without_a_failure()
    {
        await using var server = await AccessServer.StartAsync(_folder);
        var random = new Random(4711);
        for (var i = 0; i < 1000; i++)
        {
            var header = Garbage(random);
            var status = await server.StatusAsync("/view", header);
            Assert.True(status is 400 or 401, $"{status} for '{header}'"); // 400 is the web server's own, for bytes no header may have
        }

        Assert.DoesNotContain(server.Log.Entries, entry => entry.Level >= LogLevel.Error);
    }

    private static string Garbage(Random random)
    {
        string[] starts = ["", "Bearer ", "Basic ", "Bearer wh_", "Bearer whn_", "bAsIc  ", "Negotiate ", "Bearer,Basic ", "\t"];
        var bytes = new byte[random.Next(1, 200)];
        random.NextBytes(bytes);
        var noise = random.Next(4) switch
        {
            0 => Convert.ToBase64String(bytes),
            1 => Convert.ToBase64String(Encoding.UTF8.GetBytes($"user:{Convert.ToBase64String(bytes)}")),
            2 => new string([.. bytes.Select(value => (char)(value % 94 + 33))]),
            _ => new string('=', random.Next(1, 2000)),
        };
        return starts[random.Next(starts.Length)] + noise;
    }

    [Fact]
    public async Task No_secret_gets_into_the_log_at_any_level()
    {
        List<string> secrets = [AccessServer.AdminToken];
        await using (var server = await AccessServer.StartAsync(_folder))
        {
            var token = await server.CreateAsync(new() { Name = "ann", Role = "viewer" });
            var node = server.NodeTokens.Issue(TimeSpan.FromMinutes(1));
            secrets.AddRange([token, node, "some-wrong-token"]);
            foreach (var secret in secrets) await server.StatusAsync("/view", AccessServer.Basic("__token__", secret));
            Assert.All(secrets, secret => Assert.DoesNotContain(secret, server.Log.Text, StringComparison.Ordinal));
        }

        using var fresh = new TempFolder();
        await using var first = await AccessServer.StartAsync(fresh, new AccessOptions());
        await first.StatusAsync($"/setup?code={first.Code}", null);
        using var client = first.Client(null);
        var admin = await client.SetUpAsync(new(first.Code!, "ann"), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(first.Code!, first.Log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(admin.Token, first.Log.Text, StringComparison.Ordinal);
    }
}
