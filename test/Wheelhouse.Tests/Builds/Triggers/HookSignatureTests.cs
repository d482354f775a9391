using System.Text;
using Microsoft.AspNetCore.Http;
using Wheelhouse.Server.Builds.Triggers;

namespace Wheelhouse.Tests.Builds.Triggers;

public sealed class HookSignatureTests
{
    private static readonly DateTimeOffset Signed = DateTimeOffset.FromUnixTimeSeconds(1_614_265_330);

    /// <summary>The example of GitHub's documentation, "Validating webhook deliveries", "Testing the webhook payload validation".</summary>
    [Theory]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", true)]
    [InlineData("757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", true)]
    [InlineData("sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e18", false)]
    [InlineData("sha256=", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void The_example_of_GitHub_is_genuine_and_nothing_near_it(string? signature, bool genuine) =>
        Assert.Equal(genuine, HookSignature.IsHmac(signature, "Hello, World!"u8, "It's a Secret to Everybody"));

    /// <summary>The example of the specification of Standard Webhooks.</summary>
    [Theory]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 0, true)]
    [InlineData("v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg== v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 299, true)]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 301, false)]
    [InlineData("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", -301, false)]
    [InlineData("v1,AAAM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", 0, false)]
    [InlineData("", 0, false)]
    public void The_example_of_Standard_Webhooks_is_genuine_for_five_minutes(string signature, int secondsLater, bool genuine)
    {
        var headers = new HeaderDictionary
        {
            ["webhook-id"] = "msg_p5jXN8AQM9LWM0D4loKWxJek",
            ["webhook-timestamp"] = "1614265330",
            ["webhook-signature"] = signature,
        };
        Assert.Equal(genuine, HookSignature.IsStandard(headers, Encoding.UTF8.GetBytes("""{"test": 2432232314}"""), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", Signed.AddSeconds(secondsLater)));
    }

    [Theory]
    [InlineData("secret", true)]
    [InlineData("Secret", false)]
    [InlineData("secret ", false)]
    [InlineData(null, false)]
    public void A_token_is_the_secret_itself(string? token, bool genuine) => Assert.Equal(genuine, HookSignature.IsToken(token, "secret"));
}
