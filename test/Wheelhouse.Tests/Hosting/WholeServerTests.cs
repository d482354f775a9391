using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Tests.Access;

namespace Wheelhouse.Tests.Hosting;

/// <summary>What only all features together can show.</summary>
public sealed partial class WholeServerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_needs_no_token_is_open_and_everything_else_is_not()
    {
        await using var server = await TestServer.StartAsync(Token, map: app => app.MapGet("/forgotten", () => "no policy"));
        using var http = server.Http(null);
        foreach (var path in new[] { "/health/live", "/health/ready", "/api/version", "/openapi/v1.json", "/docs/api/", "/setup" })
        {
            Assert.Equal((path, HttpStatusCode.OK), (path, await StatusAsync(http, path)));
        }

        foreach (var path in new[] { "/api/whoami", "/api/tokens", "/api/audit", "/api/events", "/api/services", "/api/rollouts", "/api/projects", "/simple/", "/metrics", "/forgotten" })
        {
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, await StatusAsync(http, path)));
        }
    }

    [Fact]
    public async Task The_scripts_and_styles_of_the_pages_are_found_wherever_the_server_is_started()
    {
        await using var server = await TestServer.StartAsync(Token);
        var environment = (IWebHostEnvironment)server.Services.GetService(typeof(IWebHostEnvironment))!;
        Assert.Equal(AppContext.BaseDirectory, environment.ContentRootPath);
    }

    [Fact]
    public async Task The_ssh_directory_is_there_to_be_filled_before_a_node_is_reached()
    {
        await using var server = await TestServer.StartAsync(Token);
        Assert.Equal(["config", "known_hosts", "wheelhouse_config"], Directory.GetFiles(server.Data.Ssh).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_browser_that_went_astray_gets_a_page_and_a_program_a_problem()
    {
        await using var server = await TestServer.StartAsync(Token);
        using var admin = server.As(TestServer.AdminToken);
        await admin.CreateUserAsync(new UserRequest { Name = "ann", Password = Browser.Password, Role = Roles.Viewer }, Token);
        using var browser = new Browser(server.Url);
        using var signedIn = await browser.SignInAsync("ann");

        using var page = await browser.OpenAsync("/nowhere");
        using var program = await browser.SendAsync(HttpMethod.Get, "/api/nowhere");

        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (page.StatusCode, page.Content.Headers.ContentType?.MediaType));
        Assert.Contains("There is no such page", await page.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (program.StatusCode, program.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Every_answer_has_the_security_headers_also_an_error()
    {
        await using var server = await TestServer.StartAsync(Token);
        using var http = server.Http();
        foreach (var path in new[] { "/health/live", "/api/nothing" })
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), Token);
            Assert.Contains("default-src 'self'", Assert.Single(answer.Headers.GetValues("Content-Security-Policy")), StringComparison.Ordinal);
            Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        }
    }

    [Fact]
    public async Task Neither_the_code_nor_a_token_is_logged_by_anything_at_any_level()
    {
        var log = new CapturedLog();
        var settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["admin_token"] = "", ["log_level"] = "trace" };
        await using var server = await TestServer.StartAsync(Token, settings, builder => builder.Logging.ClearProviders().AddProvider(log));
        var code = Code().Match(server.Output).Groups["code"].Value;
        using var http = server.Http("wrong-token-0123456789");
        await StatusAsync(http, $"/setup?code={code}");
        await StatusAsync(http, "/api/whoami");
        using var nobody = server.As("wrong-token-0123456789");
        var made = await nobody.SetUpAsync(new SetupRequest(code, "ann"), Token);
        using var admin = server.As(made.Token);
        await admin.WhoAmIAsync(Token);
        server.Services.GetRequiredService<ILogger<WholeServerTests>>().LogTrace("What is logged is captured");
        var everything = log.Text;
        Assert.Contains("What is logged is captured", everything, StringComparison.Ordinal);
        Assert.DoesNotContain(code, everything, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Token, everything, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong-token-0123456789", everything, StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), Token);
        return answer.StatusCode;
    }

    [GeneratedRegex("code=(?<code>[0-9a-f]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
