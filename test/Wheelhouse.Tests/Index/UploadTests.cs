using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Index;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests.Index;

public sealed class UploadTests : IAsyncLifetime
{
    private const string WheelName = "acme-1.0-py3-none-any.whl";
    private IndexServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await IndexServer.StartAsync(options => options.MaxFileMib = 1);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_wheel_and_an_sdist_join_the_index()
    {
        Assert.Equal(HttpStatusCode.OK, (await _server.UploadAsync(WheelName, Archives.Wheel())).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _server.UploadAsync("acme-1.0.tar.gz", Archives.Sdist())).StatusCode);
        var project = await _server.Http.GetFromJsonAsync<ProjectDetail>("api/projects/ACME", Token);
        Assert.Equal(["acme-1.0-py3-none-any.whl", "acme-1.0.tar.gz"], project!.Releases.Single().Files.Select(f => f.FileName));
        Assert.All(project.Releases.Single().Files, file => Assert.Equal("admin", file.UploadedBy));
    }

    [Fact]
    public async Task An_upload_is_recorded_as_an_event()
    {
        await _server.UploadAsync(WheelName, Archives.Wheel());
        await using var context = await _server.Services.GetRequiredService<IDbContextFactory<WheelhouseContext>>().CreateDbContextAsync(Token);
        var row = await context.Set<EventRow>().SingleAsync(Token);
        Assert.Equal(EventTypes.FilePublished, row.Type);
        Assert.Equal("admin published acme-1.0-py3-none-any.whl", row.Message);
        Assert.Equal("""{"project":"acme","version":"1.0","file":"acme-1.0-py3-none-any.whl","by":"admin","build":null}""", row.Data);
    }

    [Theory]
    [InlineData("https://ci.example/job/12", "", "https://ci.example/job/12")]
    [InlineData("", "?build=nightly%2012", "nightly 12")]
    [InlineData("by the form", "?build=by+the+address", "by the form")]
    [InlineData("", "", null)]
    public async Task It_is_kept_from_which_build_a_file_comes(string field, string query, string? expected)
    {
        Assert.Equal(HttpStatusCode.OK, (await _server.UploadAsync(WheelName, Archives.Wheel(), fields => fields["build"] = field, query)).StatusCode);
        var project = await _server.Http.GetFromJsonAsync<ProjectDetail>("api/projects/acme", Token);
        Assert.Equal(expected, project!.Releases.Single().Files.Single().Build);
    }

    [Fact]
    public async Task The_same_bytes_again_are_no_error_and_change_nothing()
    {
        await _server.UploadAsync(WheelName, Archives.Wheel());
        var before = _server.StoredFiles;
        // Zip archives of one moment differ from those of another: send the very same bytes.
        var bytes = await File.ReadAllBytesAsync(before.Single(), Token);
        Assert.Equal(HttpStatusCode.OK, (await _server.UploadAsync(WheelName, bytes)).StatusCode);
        Assert.Equal(before.Order(StringComparer.Ordinal), _server.StoredFiles.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Other_bytes_under_a_used_name_are_refused_and_leave_nothing()
    {
        await _server.UploadAsync(WheelName, Archives.Wheel());
        var before = _server.StoredFiles.Order(StringComparer.Ordinal).ToList();
        var response = await _server.UploadAsync(WheelName, Archives.Zip(Archives.WheelFiles().Append(new("acme/more.py", ""))));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith("File already exists ('acme-1.0-py3-none-any.whl', with sha256 hash '", response.ReasonPhrase, StringComparison.Ordinal);
        var problem = await response.Content.ReadFromJsonAsync<ApiProblem>(Token);
        Assert.Equal("file_exists", problem!.Code);
        Assert.Equal(before, _server.StoredFiles.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_second_sdist_of_a_release_is_refused_however_it_is_spelt()
    {
        Assert.Equal(HttpStatusCode.OK, (await _server.UploadAsync("My_Pkg-1.0.tar.gz", Archives.Sdist("My_Pkg"))).StatusCode);
        var before = _server.StoredFiles.Order(StringComparer.Ordinal).ToList();
        foreach (var (name, version) in new[] { ("my-pkg", "1.0"), ("my_pkg", "1.0.0") })
        {
            var answer = await _server.UploadAsync(
                $"{name}-{version}.tar.gz", Archives.Sdist(name, version), fields => (fields["name"], fields["version"]) = (name, version));
            var problem = await answer.Content.ReadFromJsonAsync<ApiProblem>(Token);
            Assert.Equal((400, "sdist_exists"), (problem!.Status, problem.Code));
            Assert.Equal($"Only one sdist may be uploaded per release, and my-pkg {version} has 'My_Pkg-1.0.tar.gz'", problem.Detail);
            Assert.Equal(before, _server.StoredFiles.Order(StringComparer.Ordinal));
        }

        Assert.Equal(HttpStatusCode.OK, (await _server.UploadAsync("my_pkg-1.0-py3-none-any.whl", Archives.Wheel("my_pkg"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _server.UploadAsync("my_pkg-1.1.tar.gz", Archives.Sdist("my_pkg", "1.1"))).StatusCode);
    }

    [Fact]
    public async Task Of_many_uploads_of_one_name_at_once_one_wins_and_the_others_leave_nothing()
    {
        var uploads = Enumerable.Range(0, 8).Select(i => _server.UploadAsync(WheelName, Archives.Zip(Archives.WheelFiles().Append(new("acme/n.py", $"{i}")))));
        var answers = await Task.WhenAll(uploads);
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Single(_server.StoredFiles);
    }

    [Theory]
    [InlineData("text/plain", "x")]
    [InlineData("multipart/form-data", "x")]
    [InlineData("multipart/form-data; boundary=b", "garbage")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"content\"; filename=\"a.whl\"\r\n\r\nhalf")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nX: y\r\n\r\nz\r\n--b--")]
    public async Task A_form_that_is_none_is_refused(string contentType, string body)
    {
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        await AssertRefusedAsync(await _server.Http.PostAsync("legacy", content, Token), "form");
    }

    [Fact]
    public async Task The_reason_is_in_the_body_where_there_is_no_reason_phrase()
    {
        using var body = new StringContent("no form", Encoding.ASCII, "text/plain");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_server.Http2Url, "legacy/"))
        {
            Content = body,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var response = await _server.Http.SendAsync(request, Token);
        Assert.Equal((HttpVersion.Version20, HttpStatusCode.BadRequest), (response.Version, response.StatusCode));
        Assert.Equal("An upload is a multipart/form-data form with a boundary.", (await response.Content.ReadFromJsonAsync<ApiProblem>(Token))!.Detail);
    }

    [Fact]
    public async Task A_form_as_uv_sends_it_is_taken()
    {
        // The fields and headers as uv's source has them: no Content-Type of the file, one digest, extras one by one.
        var wheel = Archives.Wheel();
        (string Name, string Value)[] fields =
        [
            (":action", "file_upload"), ("sha256_digest", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(wheel))), ("protocol_version", "1"),
            ("metadata_version", "2.3"), ("name", "acme"), ("version", "1.0"), ("filetype", "bdist_wheel"), ("pyversion", "py3"), ("requires_python", ">=3.8"),
            ("provides_extra", "fast"), ("provides_extra", "small"), ("description", "Bills things.\n"),
        ];
        await using var body = new MemoryStream();
        foreach (var (name, value) in fields)
            body.Write(Encoding.UTF8.GetBytes($"--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
        body.Write(Encoding.UTF8.GetBytes($"--b\r\nContent-Disposition: form-data; name=\"content\"; filename=\"{WheelName}\"\r\n\r\n"));
        body.Write(wheel);
        body.Write("\r\n--b--\r\n"u8);
        using var content = new ByteArrayContent(body.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
        Assert.Equal(HttpStatusCode.OK, (await _server.Http.PostAsync("legacy/", content, Token)).StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("source")]
    public async Task An_sdist_may_say_any_python_version_or_none(string? pyversion) => Assert.Equal(HttpStatusCode.OK, (await _server.UploadAsync(
        "acme-1.0.tar.gz",
        Archives.Sdist(),
        fields =>
        {
            if (pyversion is not null)
                fields["pyversion"] = pyversion;
        })).StatusCode);

    [Fact]
    public async Task An_upload_that_is_broken_off_leaves_nothing()
    {
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(_server.Url.Host, _server.Url.Port, Token);
            var head = "POST /legacy/ HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + IndexServer.AdminToken + "\r\nContent-Length: 50000\r\n"
                + "Content-Type: multipart/form-data; boundary=b\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"content\"; filename=\"acme-1.0-py3-none-any.whl\"\r\n\r\n";
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + new string('x', 20_000)), Token);
            await Eventually.TrueAsync(() => _server.StoredFiles.Count == 1, "the upload to begin", TimeSpan.FromSeconds(20), Token);
        }

        await Eventually.TrueAsync(() => _server.StoredFiles.Count == 0, "the broken upload to be removed", TimeSpan.FromSeconds(20), Token);
    }

    [Fact]
    public async Task Local_versions_platform_tags_and_old_sdist_names_are_taken()
    {
        Assert.Equal(HttpStatusCode.OK, (await _server.UploadAsync("acme-1.0+corp.1-cp311-cp311-linux_x86_64.whl", Archives.Zip(Archives.WheelFiles(version: "1.0+corp.1", tag: "cp311-cp311-linux_x86_64")))).StatusCode);
        var sdist = Archives.Tar(Archives.File("Acme-Billing-1.0.0/PKG-INFO", Archives.Metadata("Acme-Billing", "1.0.0")));
        var response = await _server.UploadAsync("Acme-Billing-1.0.0.tar.gz", sdist, fields => (fields["name"], fields["version"]) = ("Acme_Billing", "1.0"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        using var file = await _server.GetAsync((await _server.Http.GetFromJsonAsync<ProjectDetail>("api/projects/acme", Token))!.Releases[0].Files[0].Url);
        Assert.Equal(HttpStatusCode.OK, file.StatusCode);
    }

    [Fact]
    public async Task Only_a_token_that_may_publish_the_project_uploads_it()
    {
        var (viewer, other, right) = (await _server.MakeTokenAsync("viewer"), await _server.MakeTokenAsync("publisher", "other"), await _server.MakeTokenAsync("publisher", "other", "Acme"));
        foreach (var (token, expected) in new[] { (null, HttpStatusCode.Unauthorized), (viewer, HttpStatusCode.Forbidden), (other, HttpStatusCode.Forbidden) })
        {
            _server.UseToken(token);
            Assert.Equal(expected, (await _server.UploadAsync(WheelName, Archives.Wheel())).StatusCode);
            Assert.Empty(_server.StoredFiles);
        }

        _server.UseToken(right);
        Assert.Equal(HttpStatusCode.OK, (await _server.UploadAsync(WheelName, Archives.Wheel())).StatusCode);
    }

    [Fact]
    public async Task A_node_reads_the_index_and_uploads_nothing()
    {
        await _server.UploadAsync(WheelName, Archives.Wheel());
        _server.UseToken(_server.Services.GetRequiredService<NodeTokens>().Issue(TimeSpan.FromMinutes(5)));
        Assert.Equal(HttpStatusCode.OK, (await _server.GetAsync("simple/acme/")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await _server.GetAsync($"at/{_server.Time.GetUtcNow().UtcTicks}/simple/acme/")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await _server.GetAsync("api/projects")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await _server.UploadAsync("acme-1.1-py3-none-any.whl", Archives.Wheel(version: "1.1"))).StatusCode);
        _server.UseToken(null);
        Assert.Equal(HttpStatusCode.Unauthorized, (await _server.GetAsync("simple/acme/")).StatusCode);
    }

    [Fact]
    public async Task Who_may_not_upload_reads_why_in_the_reason_phrase()
    {
        _server.UseToken(await _server.MakeTokenAsync(Roles.Viewer));
        Assert.Contains("its role is viewer, and publisher is needed.", (await _server.UploadAsync(WheelName, Archives.Wheel())).ReasonPhrase, StringComparison.Ordinal);
        _server.UseToken(null);
        Assert.StartsWith("A token is needed.", (await _server.UploadAsync(WheelName, Archives.Wheel())).ReasonPhrase, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_without_room_is_told_as_a_full_disk_and_leaves_nothing()
    {
        const int MoreThanOnePageHolds = 100;
        await _server.UploadAsync(WheelName, Archives.Wheel());
        await _server.Services.GetRequiredService<DatabaseWriter>().WriteAsync(context => context.Database.ExecuteSqlRaw("PRAGMA max_page_count = 1"), Token);
        for (var i = 1; i < MoreThanOnePageHolds; i++)
        {
            var before = _server.StoredFiles.Count;
            var answer = await _server.UploadAsync($"acme-1.{i}-py3-none-any.whl", Archives.Wheel(version: $"1.{i}"));
            if (answer.IsSuccessStatusCode) continue;
            Assert.Equal((507, "storage_failed"), ((int)answer.StatusCode, (await answer.Content.ReadFromJsonAsync<ApiProblem>(Token))!.Code));
            Assert.Equal(before, _server.StoredFiles.Count);
            return;
        }

        Assert.Fail("The database grew all the same.");
    }

    [Fact]
    public async Task An_upload_is_in_the_audit_log()
    {
        await _server.UploadAsync(WheelName, Archives.Wheel());
        var rows = await _server.Http.GetFromJsonAsync<AuditView[]>("api/audit", Token);
        Assert.Single(rows!, row => row is { By: "admin", Action: "file.published", Subject: WheelName });
    }

    private async Task AssertRefusedAsync(HttpResponseMessage response, string expected)
    {
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(expected, response.ReasonPhrase, StringComparison.Ordinal);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains(expected, (await response.Content.ReadFromJsonAsync<ApiProblem>(Token))!.Detail, StringComparison.Ordinal);
        Assert.Empty(_server.StoredFiles);
    }
}
