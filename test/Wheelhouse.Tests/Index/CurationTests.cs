using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Index;
using Wheelhouse.Python.SimpleApi;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Index.Curation;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests.Index;

public sealed class CurationTests : IAsyncLifetime
{
    private const string WheelName = "acme-1.0-py3-none-any.whl";
    private const string Release = "api/projects/acme/releases/1.0";
    private IndexServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string FileUrl => $"files/{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Wheel))}/{WheelName}";

    private byte[] Wheel { get; } = Archives.Wheel();

    public async ValueTask InitializeAsync()
    {
        _server = await IndexServer.StartAsync(services: services => services.AddSingleton<IFileUse>(new Use()));
        (await _server.UploadAsync(WheelName, Wheel)).EnsureSuccessStatusCode();
        (await _server.UploadAsync("acme-2.0-py3-none-any.whl", Archives.Wheel(version: "2.0"))).EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("releases/1.0.0")]
    [InlineData($"files/{WheelName}")]
    public async Task A_yanked_file_says_so_with_its_reason_until_that_is_taken_back(string target)
    {
        await AssertAsync(HttpStatusCode.NoContent, HttpMethod.Put, $"api/projects/Acme/{target}/yank", new YankRequest("loses <money>"));
        var html = await ReadAsync("simple/acme/", "text/html");
        Assert.Equal(2, html.Split("data-yanked=\"loses &lt;money&gt;\"").Length);
        using var page = JsonDocument.Parse(await ReadAsync("simple/acme/", SimpleMediaTypes.Json));
        Assert.Equal(["loses <money>", "False"], page.RootElement.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("yanked").ToString()));
        Assert.Equal(HttpStatusCode.OK, (await _server.GetAsync(FileUrl)).StatusCode);
        await AssertAsync(HttpStatusCode.NoContent, HttpMethod.Delete, $"api/projects/acme/{target}/yank");
        Assert.DoesNotContain("yanked", await ReadAsync("simple/acme/", "text/html"), StringComparison.Ordinal);
        Assert.Equal(["file.yanked", "file.unyanked"], await ActionsAsync("file.yanked", "file.unyanked"));
    }

    [Fact]
    public async Task An_archived_project_takes_no_uploads_and_gives_its_files()
    {
        await SetStatusAsync("archived", "moved on");
        var html = await ReadAsync("simple/acme/", "text/html");
        Assert.Contains("<meta name=\"pypi:project-status\" content=\"archived\">", html, StringComparison.Ordinal);
        Assert.Contains("<meta name=\"pypi:project-status-reason\" content=\"moved on\">", html, StringComparison.Ordinal);
        Assert.Contains(WheelName, html, StringComparison.Ordinal);
        var refused = await _server.UploadAsync("acme-3.0-py3-none-any.whl", Archives.Wheel(version: "3.0"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("archived and takes no uploads: moved on", refused.ReasonPhrase, StringComparison.Ordinal);
        await SetStatusAsync("active", null);
        (await _server.UploadAsync("acme-3.0-py3-none-any.whl", Archives.Wheel(version: "3.0"))).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task A_quarantined_project_gives_out_nothing_not_even_from_memory()
    {
        Assert.Equal(HttpStatusCode.OK, (await _server.GetAsync(FileUrl)).StatusCode);
        await SetStatusAsync("quarantined", "malware");
        Assert.Equal(HttpStatusCode.Forbidden, (await _server.GetAsync(FileUrl)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await _server.GetAsync(FileUrl + ".metadata")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.GetAsync("pypi/acme/json")).StatusCode);
        using var page = JsonDocument.Parse(await ReadAsync("simple/acme/", SimpleMediaTypes.Json));
        Assert.Empty(page.RootElement.GetProperty("files").EnumerateArray());
        Assert.Equal("quarantined", page.RootElement.GetProperty("project-status").GetProperty("status").GetString());
        Assert.Equal("malware", page.RootElement.GetProperty("project-status").GetProperty("reason").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, (await _server.UploadAsync("acme-3.0-py3-none-any.whl", Archives.Wheel(version: "3.0"))).StatusCode);
    }

    [Fact]
    public async Task A_deleted_file_is_gone_and_its_name_is_never_free_again()
    {
        Assert.Equal(HttpStatusCode.OK, (await _server.GetAsync(FileUrl)).StatusCode);
        var deleted = await (await SendAsync(HttpMethod.Delete, Release + "?reason=leaked")).Content.ReadFromJsonAsync<DeletedFiles>(Token);
        Assert.Equal([WheelName], deleted!.Files);
        Assert.Equal(HttpStatusCode.NotFound, (await _server.GetAsync(FileUrl)).StatusCode);
        Assert.DoesNotContain(WheelName, await ReadAsync("simple/acme/", "text/html"), StringComparison.Ordinal);
        Assert.Single(_server.StoredFiles);
        foreach (var bytes in (byte[][])[Wheel, Archives.Zip(Archives.WheelFiles().Append(new("acme/other.py", "")))])
        {
            var refused = await _server.UploadAsync(WheelName, bytes);
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("was deleted", refused.ReasonPhrase, StringComparison.Ordinal);
            Assert.DoesNotContain("already exist", refused.ReasonPhrase, StringComparison.Ordinal);
        }

        Assert.Single(_server.StoredFiles);
        Assert.Equal(["file.deleted"], await ActionsAsync("file.deleted"));
    }

    [Fact]
    public async Task A_deleted_project_is_a_clean_404()
    {
        await AssertAsync(HttpStatusCode.OK, HttpMethod.Delete, "api/projects/acme");
        Assert.Equal(HttpStatusCode.NotFound, (await _server.GetAsync("simple/acme/")).StatusCode);
        Assert.DoesNotContain("acme", await ReadAsync("simple/", "text/html"), StringComparison.Ordinal);
        Assert.Empty(_server.StoredFiles);
    }

    [Fact]
    public async Task What_a_release_needs_is_deleted_by_force_with_a_reason_only()
    {
        await _server.UploadAsync("needed-1.0-py3-none-any.whl", Use.Wheel);
        var refused = await SendAsync(HttpMethod.Delete, "api/projects/needed");
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains("release 1.0-ab of the service billing", await refused.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
        await AssertAsync(HttpStatusCode.BadRequest, HttpMethod.Delete, "api/projects/needed?force=true");
        await AssertAsync(HttpStatusCode.OK, HttpMethod.Delete, "api/projects/needed?force=true&reason=secret+inside");
    }

    [Theory]
    [InlineData("PUT", "releases/9.9/yank", HttpStatusCode.NotFound)]
    [InlineData("PUT", "releases/banana/yank", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "files/acme-9.9.tar.gz", HttpStatusCode.NotFound)]
    [InlineData("PUT", "status", HttpStatusCode.BadRequest)]
    public async Task What_cannot_be_is_refused(string method, string path, HttpStatusCode expected) =>
        await AssertAsync(expected, HttpMethod.Parse(method), $"api/projects/acme/{path}", new StatusRequest("gone", null));

    [Theory]
    [InlineData("two\nlines")]
    [InlineData("bell\a")]
    public Task A_reason_is_one_line(string reason) => AssertAsync(HttpStatusCode.BadRequest, HttpMethod.Put, $"{Release}/yank", new YankRequest(reason));

    [Fact]
    public async Task A_publisher_yanks_its_own_projects_and_deletes_nothing()
    {
        var (own, other) = (await _server.MakeTokenAsync(Roles.Publisher, "acme"), await _server.MakeTokenAsync(Roles.Publisher, "other", "another"));
        _server.UseToken(other);
        await AssertAsync(HttpStatusCode.Forbidden, HttpMethod.Put, $"{Release}/yank", new YankRequest(null));
        _server.UseToken(own);
        await AssertAsync(HttpStatusCode.NoContent, HttpMethod.Put, $"{Release}/yank", new YankRequest(null));
        await AssertAsync(HttpStatusCode.Forbidden, HttpMethod.Delete, Release);
        await AssertAsync(HttpStatusCode.Forbidden, HttpMethod.Put, "api/projects/acme/status", new StatusRequest("archived", null));
    }

    [Fact]
    public async Task The_json_api_describes_the_newest_release_that_is_not_yanked()
    {
        await SendAsync(HttpMethod.Put, "api/projects/acme/releases/2.0/yank", new YankRequest("bad"));
        Assert.Equal("/pypi/acme/json", (await _server.GetAsync("pypi/Acme/json")).Headers.Location?.OriginalString);
        using var project = JsonDocument.Parse(await ReadAsync("pypi/acme/json", "*/*"));
        var root = project.RootElement;
        Assert.Equal("1.0", root.GetProperty("info").GetProperty("version").GetString());
        Assert.Equal(["1.0", "2.0"], root.GetProperty("releases").EnumerateObject().Select(release => release.Name));
        var file = root.GetProperty("urls")[0];
        Assert.EndsWith(FileUrl, file.GetProperty("url").GetString(), StringComparison.Ordinal);
        Assert.Equal("py3", file.GetProperty("python_version").GetString());
        Assert.Equal("2026-01-01T00:00:00.000000Z", file.GetProperty("upload_time_iso_8601").GetString());
        using var release = JsonDocument.Parse(await ReadAsync("pypi/acme/2.0.0/json", "*/*"));
        Assert.True(release.RootElement.GetProperty("info").GetProperty("yanked").GetBoolean());
        Assert.Equal("bad", release.RootElement.GetProperty("info").GetProperty("yanked_reason").GetString());
        Assert.False(release.RootElement.TryGetProperty("releases", out _));
        Assert.Equal(HttpStatusCode.NotFound, (await _server.GetAsync("pypi/acme/3/json")).StatusCode);
    }

    private async Task SetStatusAsync(string status, string? reason) =>
        await AssertAsync(HttpStatusCode.NoContent, HttpMethod.Put, "api/projects/acme/status", new StatusRequest(status, reason));

    private async Task AssertAsync(HttpStatusCode expected, HttpMethod method, string path, object? body = null)
    {
        var response = await SendAsync(method, path, body);
        Assert.True(response.StatusCode == expected, $"{response.StatusCode}: {await response.Content.ReadAsStringAsync(Token)}");
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null) =>
        _server.Http.SendAsync(new(method, path) { Content = body is null ? null : JsonContent.Create(body) }, Token);

    private async Task<string> ReadAsync(string path, string accept) =>
        await (await _server.GetAsync(path, accept)).EnsureSuccessStatusCode().Content.ReadAsStringAsync(Token);

    private async Task<List<string>> ActionsAsync(params string[] actions) =>
    [
        .. (await _server.Services.GetRequiredService<AuditLog>().ReadAsync(after: 0, limit: 100, Token)).Select(row => row.Action).Where(actions.Contains),
    ];

    /// <summary>Needs one wheel.</summary>
    private sealed class Use : IFileUse
    {
        public static byte[] Wheel { get; } = Archives.Wheel("needed");

        public IReadOnlyList<string> Find(WheelhouseContext context, IReadOnlySet<string> sha256s) =>
            sha256s.Contains(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Wheel))) ? ["release 1.0-ab of the service billing"] : [];
    }
}
