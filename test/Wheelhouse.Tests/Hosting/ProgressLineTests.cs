using Microsoft.Extensions.Time.Testing;
using Wheelhouse.Server.Hosting.Commands;
using Wheelhouse.Server.Index.Maintenance;

namespace Wheelhouse.Tests.Hosting;

public sealed class ProgressLineTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly WorkProgress _progress = new();

    public ProgressLineTests() => _progress.Expect(4_000, 4 << 20);

    [Theory]
    [InlineData(false, 30, "Verifying 25 %, 1 of 4,000 files, 1.0 MiB of 4.0 MiB, 1 min 30 s left")]
    [InlineData(true, 3, "Verifying [######..................] 25 %, 1 of 4,000 files, 1.0 MiB of 4.0 MiB, 10 s left")]
    [InlineData(false, 7200, "Verifying 25 %, 1 of 4,000 files, 1.0 MiB of 4.0 MiB, 6 h 0 min left")]
    [InlineData(true, 1, "Verifying [######..................] 25 %, 1 of 4,000 files, 1.0 MiB of 4.0 MiB")]
    public void It_says_how_far_the_work_is_and_how_long_it_takes(bool isTerminal, int seconds, string line)
    {
        _progress.AddFile();
        _progress.AddBytes(1 << 20);
        Assert.Equal(line, ProgressLine.Line("Verifying", _progress, TimeSpan.FromSeconds(seconds), isTerminal));
    }

    [Fact]
    public async Task A_terminal_has_one_line_that_is_cleared_at_the_end()
    {
        var (output, work) = (new StringWriter(), new TaskCompletionSource<int>());
        var shown = new ProgressLine(output, isTerminal: true, _time).ShowAsync("Verifying", _progress, work.Task);
        _time.Advance(TimeSpan.FromMilliseconds(200));
        await Eventually.TrueAsync(() => Task.FromResult(output.ToString().Length > 0), "a line", TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        work.SetResult(7);
        Assert.Equal(7, await shown);
        Assert.Equal("\r\u001b[KVerifying [........................] 0 %, 0 of 4,000 files, 0 B of 4.0 MiB\r\u001b[K", output.ToString());
    }

    [Fact]
    public async Task Short_work_shows_nothing_and_its_failure_is_its_own()
    {
        var output = new StringWriter();
        await Assert.ThrowsAsync<IOException>(() => new ProgressLine(output, isTerminal: false, _time).ShowAsync("Verifying", _progress, Task.FromException<int>(new IOException())));
        Assert.Equal("", output.ToString());
    }
}
