using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Holds;

namespace Wheelhouse.Cli.Commands.Holds;

/// <summary>What the command says about a hold.</summary>
internal static class HoldLines
{
    /// <summary>Such as <c>held by ann until 2030-12-24 18:00: stocktaking</c>.</summary>
    public static string Of(HoldView hold, Times times) =>
        $"{(hold.Kind == HoldKinds.Freeze ? "frozen" : $"held by {hold.Owner}")} {End(hold, times)}: {Printable.Of(hold.Reason)}";

    /// <summary>When it ends, such as <c>until 2030-12-24 18:00</c>.</summary>
    public static string End(HoldView hold, Times times) => hold switch
    {
        { Until: { } until } => $"until {times.Moment(until)}",
        { Kind: HoldKinds.Manual } => "until it is lifted",
        _ => "always",
    };
}
