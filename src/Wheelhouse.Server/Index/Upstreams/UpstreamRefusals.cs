using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Index.Upstreams.Asking;

namespace Wheelhouse.Server.Index.Upstreams;

/// <summary>The reasons for which what upstreams have is not given out.</summary>
internal static class UpstreamRefusals
{
    public static ApiException Failed(UpstreamException failure) => new(
        StatusCodes.Status502BadGateway, "upstream_failed", failure.Message, "Try again later; 'wheelhouse-server doctor' says which upstreams can be reached.");

    public static ApiException Blocked(string what, string rule) => new(
        StatusCodes.Status403Forbidden, "blocked", $"{what} is blocked here by the rule '{rule}'.", "Use another release; who administers the index can say more.");
}
