using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Notifications;

namespace Wheelhouse.Tests.Notifications;

public sealed class WebhookNotifierTests : HttpNotifierContract
{
    private static readonly byte[] Key = [.. Enumerable.Range(1, 24).Select(i => (byte)(i * 7))];

    protected override string Name => "webhook";

    protected override string Options => $"{{ url: {Receiver.Url}/hooks, secret: secret:hook }}";

    protected override IReadOnlyDictionary<string, string> Secrets => new Dictionary<string, string>(StringComparer.Ordinal) { ["hook"] = $"whsec_{Convert.ToBase64String(Key)}" };

    /// <summary>The example of the specification of Standard Webhooks.</summary>
    [Fact]
    public void The_signature_is_the_one_of_the_specification() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        StandardWebhook.Sign("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, """{"test": 2432232314}"""u8));

    [Fact]
    public async Task It_sends_signed_json_with_an_id_that_stays_the_same()
    {
        var failed = Example(NotificationEvents.Failed);
        await SendAsync(failed);
        await SendAsync(failed);
        var request = Receiver.Requests[0];
        Assert.Equal(("POST", "/hooks", "application/json"), (request.Method, request.Target, request.Headers["Content-Type"]));
        Assert.Equal([failed.Id, failed.Id], Receiver.Requests.Select(one => one.Headers["webhook-id"]));
        var timestamp = request.Headers["webhook-timestamp"];
        var signed = Encoding.UTF8.GetBytes($"{failed.Id}.{long.Parse(timestamp, CultureInfo.InvariantCulture)}.{request.Text}");
        Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData(Key, signed))}", request.Headers["webhook-signature"]);

        Assert.Equal("rollout.failed", request.Json.GetProperty("type").GetString());
        var data = request.Json.GetProperty("data");
        Assert.Equal("billing", data.GetProperty("service").GetString());
        Assert.Equal("error", data.GetProperty("severity").GetString());
        var rollout = data.GetProperty("rollout");
        Assert.Equal(("1.5.0", "1.4.2", "ann", 92), (rollout.GetProperty("version").GetString(), rollout.GetProperty("from").GetString(), rollout.GetProperty("by").GetString(), rollout.GetProperty("seconds").GetDouble()));
    }

    [Theory]
    [InlineData("url: ftp://example", "not a URL")]
    [InlineData("url: https://u:p@example/", "password")]
    [InlineData("{ url: https://example, secret: whsec_abc }", "name of a secret")]
    public void What_cannot_be_is_told(string yaml, string message)
    {
        var errors = new Wheelhouse.Server.Documents.DocumentErrors();
        Wheelhouse.Server.Documents.OptionsBinder.Bind(Notifier.OptionsType, Wheelhouse.Server.Documents.YamlComposer.Compose(yaml, errors)[0].Root!, "webhook", errors);
        Assert.Contains(message, Assert.Single(errors.ToList()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_that_is_not_there_is_told()
    {
        var flaw = await Assert.ThrowsAsync<NotifierException>(() => SendAsync(Example(NotificationEvents.Failed), options: $"{{ url: {Receiver.Url}, secret: secret:other }}"));
        Assert.Contains("'other' does not exist", flaw.Message, StringComparison.Ordinal);
    }
}
