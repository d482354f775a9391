using Microsoft.AspNetCore.Http;
using Wheelhouse.Server.Notifications;

namespace Wheelhouse.Tests.Notifications;

/// <summary>What every notifier must do that speaks HTTP.</summary>
public abstract class HttpNotifierContract : NotifierContract
{
    protected HttpReceiver Receiver { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        Receiver = await HttpReceiver.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await Receiver.DisposeAsync();
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_receiver_that_is_away_is_tried_again()
    {
        await Receiver.GoAwayAsync();
        AssertGood(await Assert.ThrowsAsync<NotifierException>(() => SendAsync(Example(Told))), refused: false);
        await Receiver.ComeBackAsync();
        await SendAsync(Example(Told));
    }

    [Theory]
    [InlineData(500, false)]
    [InlineData(502, false)]
    [InlineData(401, false)]
    [InlineData(404, false)]
    [InlineData(302, false)]
    [InlineData(400, true)]
    [InlineData(413, true)]
    public async Task A_status_that_is_not_good_says_whether_to_try_again(int status, bool refused)
    {
        Receiver.Say(status, $"no: {string.Join(' ', Secrets.Values)}");
        var flaw = await Assert.ThrowsAsync<NotifierException>(() => SendAsync(Example(Told)));
        AssertGood(flaw, refused);
        Assert.Contains($"{status}", flaw.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_of_two_lines_is_sent_or_named_and_never_shown()
    {
        foreach (var name in Secrets.Keys) await SetSecretAsync(name, "first line\nsecond line");
        if (await Record.ExceptionAsync(() => SendAsync(Example(Told))) is not { } flaw) return;
        Assert.IsType<NotifierException>(flaw);
        Assert.DoesNotContain("second line", flaw.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_cannot_be_read_is_judged_by_its_status()
    {
        Receiver.Answer = async (_, http) =>
        {
            http.Response.StatusCode = 500;
            http.Response.ContentType = "text/plain; charset=nonsense";
            await http.Response.WriteAsync(new string('x', 1 << 20));
        };
        AssertGood(await Assert.ThrowsAsync<NotifierException>(() => SendAsync(Example(Told))), refused: false);
    }

    [Fact]
    public async Task It_says_how_long_the_receiver_asked_to_be_left_alone()
    {
        Receiver.Say(429, "slow down", ("Retry-After", "37"));
        var flaw = await Assert.ThrowsAsync<NotifierException>(() => SendAsync(Example(Told)));
        AssertGood(flaw, refused: false);
        Assert.Equal(TimeSpan.FromSeconds(37), flaw.RetryAfter);
    }

    private void AssertGood(NotifierException flaw, bool refused)
    {
        Assert.Equal(refused, flaw.IsRefused);
        Assert.All(Secrets.Values, secret => Assert.DoesNotContain(secret, flaw.ToString(), StringComparison.Ordinal));
    }
}
