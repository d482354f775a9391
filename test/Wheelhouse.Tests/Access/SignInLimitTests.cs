using Microsoft.Extensions.Time.Testing;
using Wheelhouse.Server.Access.SignIn;

namespace Wheelhouse.Tests.Access;

public sealed class SignInLimitTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task One_address_may_try_ten_times_a_minute_whatever_the_names()
    {
        await using var server = await AccessServer.StartAsync(_folder, time: _time);
        await server.AddUserAsync("ann");
        using var browser = server.Browse();
        for (var i = 0; i < 10; i++)
        {
            using var wrong = await browser.SignInAsync($"user{i}");
            Assert.Equal(403, (int)wrong.StatusCode);
        }

        _time.Advance(TimeSpan.FromSeconds(20.5));
        using var refused = await browser.SignInAsync("ann");
        Assert.Equal((429, "40"), ((int)refused.StatusCode, refused.Headers.RetryAfter?.ToString()));
        Assert.Contains("There were too many tries. Wait 40 seconds, then try again.", await refused.Content.ReadAsStringAsync(Cancelled), StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(39.5));
        using var entered = await browser.SignInAsync("ann");
        Assert.Equal(302, (int)entered.StatusCode);
    }

    [Fact]
    public async Task One_name_is_refused_after_five_tries_even_with_the_right_password()
    {
        await using var server = await AccessServer.StartAsync(_folder, time: _time);
        await server.AddUserAsync("ann");
        using var browser = server.Browse();
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await browser.SignInAsync(i % 2 == 0 ? "ann" : "ANN", "a wrong password");
            Assert.Equal(403, (int)wrong.StatusCode);
        }

        using var refused = await browser.SignInAsync("ann");
        Assert.Equal((429, "30"), ((int)refused.StatusCode, refused.Headers.RetryAfter?.ToString()));
        _time.Advance(TimeSpan.FromSeconds(30));
        using var entered = await browser.SignInAsync("ann");
        Assert.Equal(302, (int)entered.StatusCode);
    }

    [Fact]
    public void The_wait_doubles_up_to_a_quarter_of_an_hour_and_is_forgotten_in_time()
    {
        var failures = new FailedSignIns(_time);
        for (var i = 1; i < FailedSignIns.Free; i++) Assert.Null(failures.Begin("ann"));
        foreach (var wait in (int[])[30, 60, 120, 240, 480, 900, 900])
        {
            Assert.Null(failures.Begin("ann"));
            Assert.Equal(TimeSpan.FromSeconds(wait), failures.Begin("ann"));
            Assert.Null(failures.Begin($"bob{wait}"));
            _time.Advance(TimeSpan.FromSeconds(wait));
        }

        _time.Advance(FailedSignIns.Window);
        for (var i = 0; i < FailedSignIns.Free; i++) Assert.Null(failures.Begin("ann"));
        Assert.NotNull(failures.Begin("ann"));
        failures.Forget("ann");
        Assert.Null(failures.Begin("ann"));
    }

    [Fact]
    public void Tries_at_once_gain_nothing()
    {
        var failures = new FailedSignIns(_time);
        var let = 0;
        Parallel.For(0, 100, _ =>
        {
            if (failures.Begin("ann") is null) Interlocked.Increment(ref let);
        });
        Assert.Equal(FailedSignIns.Free, let);
    }

    [Fact]
    public void Made_up_names_do_not_fill_the_memory_or_free_the_name_under_attack()
    {
        var failures = new FailedSignIns(_time);
        for (var i = 0; i < FailedSignIns.Free; i++) failures.Begin("ann");
        for (var i = 0; i < 30_000; i++) failures.Begin($"made-up-{i}");
        Assert.NotNull(failures.Begin("ann"));
    }
}
