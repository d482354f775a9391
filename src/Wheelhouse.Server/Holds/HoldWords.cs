using System.Globalization;
using Wheelhouse.Contracts.Holds;

namespace Wheelhouse.Server.Holds;

/// <summary>Says what holds, in words.</summary>
public static class HoldWords
{
    /// <summary>Where a hold stands, such as <c>billing in production</c>.</summary>
    public static string Place(string? service, string? environment) => (service, environment) switch
    {
        (not null, not null) => $"{service} in {environment}",
        (not null, null) => service,
        _ => $"{environment} of every service",
    };

    /// <summary>A hold with its reason, owner and end, in a sentence without its full stop.</summary>
    public static string Describe(HoldView hold) =>
        $"{Place(hold.Service, hold.Environment)} is {(hold.Kind == HoldKinds.Freeze ? "frozen" : $"held by {hold.Owner}")}{End(hold)}: {hold.Reason.TrimEnd('.')}";

    /// <summary>Holds, a sentence each.</summary>
    public static string Describe(IEnumerable<HoldView> holds) => string.Join(' ', holds.Select(hold => $"{Describe(hold)}."));

    /// <summary>What somebody who is refused can do.</summary>
    public static string Fix(IReadOnlyList<HoldView> holds)
    {
        List<string> ways = [];
        if (holds.All(hold => hold.Until is not null)) ways.Add("wait until it ends");
        if (holds.Any(hold => hold.Kind == HoldKinds.Manual)) ways.Add("have it lifted ('wheelhouse unhold')");
        var others = ways.Count > 0 ? $"To do it later, {string.Join(" or ", ways)}. " : "";
        return $"{others}To do it now, say why: --override-hold \"REASON\".";
    }

    private static string End(HoldView hold) => hold switch
    {
        { Until: { } until } => string.Create(CultureInfo.InvariantCulture, $" until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC"),
        { Kind: HoldKinds.Manual } => " until it is lifted",
        _ => "",
    };
}
