using System.Net;
using Wheelhouse.Server.Hosting.Startup;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests.Hosting;

/// <summary>The program as it is shipped: its start, its stop and its commands.</summary>
public sealed class ServerProcessTests : IDisposable
{
    private static readonly string Program = Repository.Program("Wheelhouse.Server", "wheelhouse-server");

    private static readonly TimeSpan Within = TimeSpan.FromSeconds(60);

    private readonly TempFolder _folder = new("wh-run");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_says_where_it_listens_and_stops_cleanly_even_with_a_stream_open()
    {
        await using var server = Start();
        var file = await RunningAsync(server);
        Assert.Contains($"Wheelhouse listens on {file.Urls[0]}", server.Output);
        Assert.Equal(server.Id, file.Pid);
        using var http = new HttpClient { BaseAddress = new Uri(file.Urls[0]) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", TestServer.AdminToken);
        using var stream = await http.GetAsync(new Uri("/api/events/stream", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
        server.Signal(Signals.Terminate);
        var finished = await server.FinishAsync(Token);
        Assert.Equal(0, finished.ExitCode);
        Assert.Equal("", finished.Errors);
        Assert.False(File.Exists(new DataDirectory(_folder["data"]).ServerFile));
    }

    [Fact]
    public async Task A_second_server_on_the_directory_is_refused_and_the_first_one_goes_on()
    {
        await using var first = Start();
        var file = await RunningAsync(first);
        await using var second = Start();
        var refused = await second.FinishAsync(Token);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains($"process {first.Id}", refused.Errors, StringComparison.Ordinal);
        using var http = new HttpClient();
        Assert.Equal("ready", await http.GetStringAsync(new Uri($"{file.Urls[0]}/health/ready"), Token));
    }

    [Fact]
    public async Task A_killed_server_leaves_no_lock_behind()
    {
        await using (var first = Start())
        {
            await RunningAsync(first);
            await first.KillAsync();
        }

        File.Delete(new DataDirectory(_folder["data"]).ServerFile);
        await using var second = Start();
        await RunningAsync(second);
    }

    [Fact]
    public async Task Wrong_settings_end_it_with_code_2_and_every_error()
    {
        var finished = await ChildProcess.RunAsync(Program, ["run", "--data", _folder["data"], "--urls", "x", "--log-format", "xml"], Token);
        Assert.Equal(2, finished.ExitCode);
        Assert.Contains("urls (--urls)", finished.Errors, StringComparison.Ordinal);
        Assert.Contains("log_format (--log-format)", finished.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        using var taken = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var finished = await ChildProcess.RunAsync(Program, ["run", "--data", _folder["data"], "--urls", $"http://{taken.LocalEndpoint}"], Token);
        Assert.Equal(2, finished.ExitCode);
        Assert.Contains("choose another port", finished.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_finds_a_running_server_well_and_a_damaged_database_not()
    {
        await using (var server = Start())
        {
            await RunningAsync(server);
            var well = await ChildProcess.RunAsync(Program, ["doctor", "--data", _folder["data"], "--json"], Token);
            Assert.True(well.ExitCode == 0, well.Output + well.Errors);
            Assert.Contains("\"public_url\"", well.Output, StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(new DataDirectory(_folder["data"]).Database, new string('x', 8192), Token);
        var ill = await ChildProcess.RunAsync(Program, ["doctor", "--data", _folder["data"], "--urls", "http://127.0.0.1:0"], Token);
        Assert.Equal(1, ill.ExitCode);
        Assert.Contains("failed   database", ill.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_doctor_tries_a_sandbox_and_says_what_builds_lack()
    {
        var well = await DoctorAsync("/usr/bin/python3", new());
        Assert.Contains("ok       builds", well, StringComparison.Ordinal);
        Assert.Contains("there is no Python at /usr/bin/python-of-nobody", await DoctorAsync("/usr/bin/python-of-nobody", new()), StringComparison.Ordinal);
        var programs = Directory.CreateDirectory(_folder["bin"]).FullName;
        foreach (var name in (string[])["git", "sh", "ssh", "stat"]) File.CreateSymbolicLink(Path.Combine(programs, name), $"/usr/bin/{name}");
        var lacking = await DoctorAsync("/usr/bin/python3", new(StringComparer.Ordinal) { ["PATH"] = programs });
        Assert.Contains("warning  builds       No build can run: There is no program 'bwrap'", lacking, StringComparison.Ordinal);
        Assert.Contains("apt install bubblewrap", lacking, StringComparison.Ordinal);
    }

    private async Task<string> DoctorAsync(string python, Dictionary<string, string?> variables)
    {
        variables["WHEELHOUSE_BUILDS_SANDBOX_PYTHON"] = python;
        var finished = await ChildProcess.RunAsync(Program, ["doctor", "--data", _folder["data"], "--urls", "http://127.0.0.1:0"], Token, variables);
        Assert.True(finished.ExitCode == 0, finished.Output + finished.Errors);
        return finished.Output;
    }

    [Theory]
    [InlineData("", "755", "", "")]
    [InlineData("keys", "750", "", "")]
    [InlineData("ssh", "701", "", "")]
    [InlineData("keys", "", "nobody", "belongs to user")]
    public async Task The_doctor_names_a_folder_that_others_may_look_into_or_own(string folder, string mode, string owner, string told)
    {
        Assert.SkipWhen(owner.Length > 0 && Environment.UserName != "root", "Only root gives folders away.");
        var root = _folder["data"];
        foreach (var name in (string[])["", "keys", "ssh"]) Server.Storage.DataDirectory.CreatePrivate(Path.Combine(root, name));
        var path = Path.Combine(root, folder).TrimEnd('/');
        if (owner.Length > 0) await ChildProcess.CheckAsync("chown", [owner, path], Token);
        if (mode.Length > 0) await ChildProcess.CheckAsync("chmod", [mode, path], Token);

        var finished = await ChildProcess.RunAsync(Program, ["doctor", "--data", root, "--urls", "http://127.0.0.1:0"], Token);

        var line = Assert.Single(finished.Output.Split('\n'), line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [_, "data", ..]);
        Assert.Contains(told.Length > 0 ? $"{path} {told}" : $"{path} is open to other users", line, StringComparison.Ordinal);
        Assert.Contains(owner.Length > 0 ? $"chown -R 0 {root}" : $"chmod 700 {path}", finished.Output, StringComparison.Ordinal);
    }

    private ChildProcess Start() => ChildProcess.Start(
        Program, ["run", "--data", _folder["data"], "--urls", "http://127.0.0.1:0"],
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["WHEELHOUSE_ADMIN_TOKEN"] = TestServer.AdminToken,
            // Other tests set them in this process, and the server warns of what it does not know.
            ["WHEELHOUSE_TEST_SECRET"] = null,
            ["WHEELHOUSE_TEST_OF_PROGRAMS"] = null,
        });

    private async Task<ServerFile> RunningAsync(ChildProcess server)
    {
        var data = new DataDirectory(_folder["data"]);
        await Eventually.TrueAsync(() => server.HasExited || server.Output.Any(line => line.StartsWith("Wheelhouse listens", StringComparison.Ordinal)), "the start", Within, Token);
        Assert.False(server.HasExited, server.Everything);
        return (await ServerFile.ReadAsync(data, Token))!;
    }
}
