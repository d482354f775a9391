using Wheelhouse.Contracts.Holds;
using Wheelhouse.Server.Access;

namespace Wheelhouse.Server.Web.Holds;

/// <summary>Where a hold may stand.</summary>
/// <param name="Service">The service; null for all.</param>
/// <param name="Environment">The environment; null for all.</param>
public sealed record HoldPlace(string? Service, string? Environment)
{
    /// <summary>Where a hold stands.</summary>
    public static HoldPlace Of(HoldView hold) => new(hold.Service, hold.Environment);

    /// <summary>The places around an environment of a service that a person may hold, the narrowest first.</summary>
    public static IReadOnlyList<HoldPlace> Around(string service, string environment, Caller caller) =>
        [.. new HoldPlace[] { new(service, environment), new(service, null), new(null, environment) }.Where(place => caller.MayHold(place.Service, place.Environment))];
}
