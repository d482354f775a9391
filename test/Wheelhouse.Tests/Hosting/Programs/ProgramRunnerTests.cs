using System.Text;
using Wheelhouse.Server.Hosting.Programs;

namespace Wheelhouse.Tests.Hosting.Programs;

public sealed class ProgramRunnerTests : IDisposable
{
    private const string Fix = "Mend it.";
    private readonly TempFolder _folder = new("wh-prog");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Arguments_reach_the_program_as_they_are()
    {
        var result = await RunAsync("printf '%s|' \"$@\"", "a b", "$(id)", "; x", "");
        Assert.Equal("a b|$(id)|; x||", Encoding.UTF8.GetString(result.Require(Fix).Span));
    }

    [Fact]
    public async Task There_is_nothing_to_read_and_no_setting_of_the_server_to_see()
    {
        Environment.SetEnvironmentVariable("WHEELHOUSE_TEST_OF_PROGRAMS", "secret");
        var result = await RunAsync("cat; env");
        var variables = Encoding.UTF8.GetString(result.Require(Fix).Span);
        Assert.DoesNotContain("WHEELHOUSE_", variables);
        Assert.Contains("PATH=", variables);
    }

    [Fact]
    public async Task Failure_says_the_exit_code_and_the_last_lines()
    {
        var result = await RunAsync("for i in 1 2 3 4 5 6 7; do echo line $i >&2; done; exit 3");
        var error = Assert.Throws<ProgramException>(() => result.Require(Fix));
        Assert.Equal($"{_folder["program"]} exited with 3: line 3 / line 4 / line 5 / line 6 / line 7", error.Message);
        Assert.Equal(Fix, error.Fix);
    }

    [Fact]
    public async Task A_signal_is_a_failure_too() =>
        Assert.Contains("exited with 143: it wrote nothing", Assert.Throws<ProgramException>(() => RunAsync("kill $$").GetAwaiter().GetResult().Require(Fix)).Message);

    [Fact]
    public async Task A_program_that_is_not_executable_is_an_error()
    {
        var path = _folder.Write("plain", "app1\n");
        var result = await ProgramRunner.RunAsync(new ProgramStart(path, [], "/"), Token);
        Assert.Contains("Permission denied", Assert.Throws<ProgramException>(() => result.Require(Fix)).Message);
    }

    [Fact]
    public async Task Large_output_and_errors_arrive()
    {
        var result = await RunAsync("head -c 5000000 /dev/zero; head -c 5000000 /dev/zero | tr '\\0' x >&2");
        Assert.Equal(5_000_000, result.Require(Fix).Length);
        Assert.InRange(result.Errors.Length, 8_000, 17_000);
    }

    [Fact]
    public async Task Endless_output_ends_with_the_program()
    {
        var error = await Assert.ThrowsAsync<ProgramException>(() => RunAsync("echo $$ > \"$1\"; yes", _folder["pid"]));
        Assert.Contains("more than 32 MiB", error.Message);
        Assert.False(Processes.IsRunning(int.Parse(File.ReadAllText(_folder["pid"]))));
    }

    [Fact]
    public async Task Cancelling_kills_the_program_and_what_it_started()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var run = RunAsync("sleep 300 & echo $! > \"$1\"; (sleep 300 & echo $! > \"$2\"); mv \"$1\" \"$1.done\"; wait", stop.Token, _folder["child"], _folder["orphan"]);
        await Eventually.TrueAsync(() => File.Exists(_folder["child.done"]), "the program started its children", TimeSpan.FromSeconds(20), Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        foreach (var file in new[] { "child.done", "orphan" })
        {
            var id = int.Parse(File.ReadAllText(_folder[file]));
            await Eventually.TrueAsync(() => !Processes.IsRunning(id), $"{file} ended", TimeSpan.FromSeconds(5), Token);
        }
    }

    [Theory]
    [InlineData("sleep 300 & echo $! > \"$1\"; echo app1")]
    [InlineData("setsid sh -c 'echo $$ > \"$1\"; exec sleep 300' - \"$1\" & while ! [ -s \"$1\" ]; do sleep 0.05; done; echo app1")]
    public async Task Output_that_somebody_may_still_add_to_is_not_taken(string script)
    {
        var error = await Assert.ThrowsAsync<ProgramException>(() => RunAsync(script, _folder["pid"]));
        Assert.Contains("still holds its output open", error.Message);
        Processes.Kill(int.Parse(File.ReadAllText(_folder["pid"])));
    }

    [Fact]
    public void A_program_is_found_on_the_path()
    {
        Assert.EndsWith("/sh", ProgramRunner.Find("sh", Fix));
        Assert.Contains("'no-such-program'", Assert.Throws<ProgramException>(() => ProgramRunner.Find("no-such-program", Fix)).Message);
    }

    public void Dispose() => _folder.Dispose();

    private Task<ProgramResult> RunAsync(string script, params string[] arguments) => RunAsync(script, Token, arguments);

    private Task<ProgramResult> RunAsync(string script, CancellationToken token, params string[] arguments) =>
        ProgramRunner.RunAsync(new ProgramStart(_folder.WriteScript("program", script), arguments, "/"), token);
}
