using System.Net;
using MimeKit;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Server.Notifications;

namespace Wheelhouse.Tests.Notifications.Email;

public sealed class EmailNotifierTests : NotifierContract
{
    private const string People = "from: Wheelhouse <deploys@example.com>, to: [ann@example.com, Bob <bob@example.com>]";

    private SmtpServer _server = null!;

    protected override string Name => "email";

    protected override string Options => At(_server.Port, "tls: none");

    protected override IReadOnlyDictionary<string, string> Secrets => new Dictionary<string, string>(StringComparer.Ordinal) { ["mail"] = Secret, ["wrong"] = Secret + "?" };

    public override async ValueTask InitializeAsync()
    {
        _server = await SmtpServer.StartAsync(Token);
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task It_says_everything_in_plain_text_and_in_html()
    {
        await SendAsync(Example(NotificationEvents.Reverted));
        var sent = (await _server.WaitAsync(1, Token))[0];
        Assert.Equal(("deploys@example.com", false, null), (sent.From, sent.Tls, sent.User));
        Assert.Equal(["ann@example.com", "bob@example.com"], sent.To);
        var message = sent.Message;
        Assert.Equal("\"Wheelhouse\" <deploys@example.com>", message.From.ToString());
        Assert.Equal("billing 1.5.0 failed in production and was taken back to 1.4.2", message.Subject);
        Assert.Equal("msg_example@deploy.example", message.MessageId);
        Assert.Equal("auto-generated", message.Headers["Auto-Submitted"]);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 9, 30, 0, TimeSpan.Zero), message.Date);
        Assert.Equal("multipart/alternative", Assert.IsType<MultipartAlternative>(message.Body, exactMatch: false).ContentType.MimeType);
        string[] all =
        [
            "billing 1.5.0 failed in production and was taken back to 1.4.2", "Invoices in euros", "app2 web: the check answered 500.", "billing", "production", "1.4.2 → 1.5.0", "ann", "1 min 32 s", "2026-03-02 09:30",
            "everted", "https://deploy.example/rollouts/01JEXAMPLE", "https://deploy.example/services/billing/production?ask=revert",
        ];
        Assert.All(all, part => Assert.Contains(part, message.TextBody, StringComparison.Ordinal));
        Assert.All(all, part => Assert.Contains(part, WebUtility.HtmlDecode(message.HtmlBody), StringComparison.Ordinal));
        Assert.Contains("""<a href="https://deploy.example/services/billing/production?ask=revert">Revert</a>""", message.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("src=", message.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rollout_is_one_thread_and_a_repeat_has_the_same_id()
    {
        var started = Example(NotificationEvents.Started) with { Id = "msg_mail_1" };
        var paused = Example(NotificationEvents.Paused) with { Id = "msg_mail_2" };
        var ended = Example(NotificationEvents.Succeeded) with { Id = "msg_mail_3" };
        var first = await SendAsync(started);
        var second = await SendAsync(paused, first);
        await SendAsync(ended, second);
        await SendAsync(started, second);
        var mails = (await _server.WaitAsync(4, Token)).Select(mail => mail.Message).ToList();
        Assert.Equal(["msg_mail_1@deploy.example", "msg_mail_2@deploy.example", "msg_mail_3@deploy.example", "msg_mail_1@deploy.example"], mails.Select(mail => mail.MessageId));
        Assert.Equal([null, "msg_mail_1@deploy.example", "msg_mail_1@deploy.example", null], mails.Select(mail => mail.InReplyTo));
        Assert.Equal(["", "msg_mail_1@deploy.example", "msg_mail_1@deploy.example", ""], mails.Select(mail => string.Join(' ', mail.References)));
        Assert.Null(await SendAsync(Example(EventTypes.HoldPlaced)));
    }

    [Fact]
    public async Task Nothing_that_people_write_becomes_a_header_or_markup()
    {
        await SendAsync(Example(NotificationEvents.Failed) with { Title = "Ä 🎉\r\nBcc: eve@example.com\r\n\r\n<b>x</b>", Text = "<script>alert(1)</script>\r\n.\r\nMAIL FROM:<eve@example.com>" });
        var sent = Assert.Single(await _server.WaitAsync(1, Token));
        Assert.Equal("Ä 🎉 Bcc: eve@example.com <b>x</b>", sent.Message.Subject);
        Assert.Null(sent.Message.Headers["Bcc"]);
        Assert.Equal(2, sent.To.Count);
        Assert.DoesNotContain("<script", sent.Message.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>x", sent.Message.HtmlBody, StringComparison.Ordinal);
        Assert.Contains("<script>alert(1)</script>", sent.Message.TextBody, StringComparison.Ordinal);
        Assert.Contains("MAIL FROM:<eve@example.com>", sent.Message.TextBody, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("starttls")]
    [InlineData("implicit")]
    public async Task It_signs_in_over_tls(string tls)
    {
        await using var server = await SmtpServer.StartAsync(Token, tls, "deploys", Secret);
        await SendAsync(Example(NotificationEvents.Succeeded), options: At(server.Port, $"tls: {tls}, ca_file: {server.CaFile}, username: deploys, password: secret:mail"));
        var sent = Assert.Single(await server.WaitAsync(1, Token));
        Assert.Equal("deploys", sent.User);
        Assert.Equal(tls == "starttls", sent.Tls); // The server tells it of STARTTLS only

        await AssertFailsAsync(At(server.Port, $"tls: {tls}, ca_file: {server.CaFile}, username: deploys, password: secret:wrong"), "does not let 'deploys' in", "secret");
        await AssertFailsAsync(At(server.Port, $"tls: {tls}, ca_file: {server.CaFile}"), "wants a sign-in", "username");
        await AssertFailsAsync(At(server.Port, $"tls: {tls}, username: deploys, password: secret:mail"), "no trusted TLS connection", "ca_file");
        await AssertFailsAsync(At(server.Port, $"tls: {tls}, ca_file: /nowhere.pem"), "/nowhere.pem", "PEM");
        await AssertFailsAsync(At(server.Port, $"tls: {tls}, ca_file: {server.CaFile}, username: deploys, password: secret:gone"), "'gone' does not exist", "wheelhouse secrets set gone");
        Assert.Single(server.Sent);
    }

    [Fact]
    public async Task It_says_nothing_in_the_open_unless_told_to()
    {
        await AssertFailsAsync(At(_server.Port, "tls: starttls"), "offers no STARTTLS", "tls");
        await AssertFailsAsync(At(_server.Port, "tls: implicit"), "no trusted TLS connection", "starttls");
        Assert.Empty(_server.Sent);
    }

    [Fact]
    public async Task What_the_server_refuses_for_good_is_set_aside_and_all_else_is_tried_again()
    {
        await using var server = await SmtpServer.StartAsync(Token, "starttls", "deploys", Secret);
        await AssertFailsAsync(
            $"{{ host: 127.0.0.1, port: {server.Port}, ca_file: {server.CaFile}, username: deploys, password: secret:mail, from: a@example.com, to: [nobody@example.com] }}",
            "550 about the recipient nobody@example.com: 5.1.1 no such user ***", "Correct to", refused: true);
        await AssertFailsAsync($"{{ host: 127.0.0.1, port: {_server.Port}, tls: none, from: a@example.com, to: [full@example.com] }}", "452 about the recipient full@example.com", fix: null);
        var flaw = await Assert.ThrowsAsync<NotifierException>(() => SendAsync(Example(NotificationEvents.Failed) with { Title = "poison" }));
        Assert.Equal((true, true), (flaw.IsRefused, flaw.Message.Contains("554", StringComparison.Ordinal)));
        await AssertFailsAsync(At(FreePort.Take(), "tls: none"), "failed: Connection refused", "host, port and tls");
    }

    [Theory]
    [InlineData("{ host: smtp.example.com:25, from: a@example.com, to: [b@example.com] }", "host", "not the name or address")]
    [InlineData("{ host: smtp.example.com, port: 0, from: a@example.com, to: [b@example.com] }", "port", "65535")]
    [InlineData("{ host: smtp.example.com, tls: ssl, from: a@example.com, to: [b@example.com] }", "tls", "starttls, implicit or none")]
    [InlineData("{ host: smtp.example.com, from: deploys, to: [b@example.com] }", "from", "not an address")]
    [InlineData("{ host: smtp.example.com, from: \"a@example.com, c@example.com\", to: [b@example.com] }", "from", "not an address")]
    [InlineData("{ host: smtp.example.com, from: a@example.com, to: [] }", "to", "nobody")]
    [InlineData("{ host: smtp.example.com, from: a@example.com, to: [b@example.com, team] }", "to[1]", "not an address")]
    [InlineData("{ host: smtp.example.com, from: a@example.com, to: [b@example.com], username: u }", "username", "belong together")]
    [InlineData("{ host: smtp.example.com, tls: none, from: a@example.com, to: [b@example.com], username: u, password: secret:mail }", "tls", "read the password")]
    [InlineData("{ host: smtp.example.com, from: a@example.com, to: [b@example.com], username: u, password: hunter2 }", "password", "name of a secret")]
    public void What_cannot_be_is_told(string yaml, string field, string message) => Assert.Equal($"{Name}.{field}", AssertFlaw(yaml, message).Field);

    private static string At(int port, string more) => $"{{ host: 127.0.0.1, port: {port}, {People}, {more} }}";

    private async Task AssertFailsAsync(string options, string message, string? fix, bool refused = false)
    {
        var flaw = await Assert.ThrowsAsync<NotifierException>(() => SendAsync(Example(NotificationEvents.Failed), options: options));
        Assert.Contains(message, flaw.Message, StringComparison.Ordinal);
        if (fix is null) Assert.Null(flaw.Fix);
        else Assert.Contains(fix, flaw.Fix, StringComparison.Ordinal);
        Assert.Equal(refused, flaw.IsRefused);
        Assert.DoesNotContain(Secret, flaw.ToString(), StringComparison.Ordinal);
    }
}
