using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;

namespace Wheelhouse.Server.Access.SignIn;

/// <summary>How often one client may try to sign in, whatever the names.</summary>
internal sealed class AddressLimit(TimeProvider time) : IRateLimiterPolicy<string>
{
    public const string PolicyName = "sign-in";

    /// <summary>How many tries.</summary>
    public const int Tries = 10;

    /// <summary>In what time.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public Func<OnRejectedContext, CancellationToken, ValueTask> OnRejected { get; } = async (rejected, _) =>
    {
        var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var left) ? left : Window;
        await TooManyTries.Page(rejected.HttpContext, wait, path: null, name: null).ExecuteAsync(rejected.HttpContext);
    };

    public RateLimitPartition<string> GetPartition(HttpContext httpContext) =>
        RateLimitPartition.Get(ClientOf(httpContext.Connection.RemoteIpAddress), _ => new WindowLimiter(Tries, Window, time));

    /// <summary>A client: an address, or the network of 64 bits that every client of IPv6 has to itself.</summary>
    private static string ClientOf(IPAddress? address) => address switch
    {
        null => "unknown",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };
}
