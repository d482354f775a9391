using Spectre.Console;

namespace Wheelhouse.Cli.Following;

/// <summary>How states look: a symbol beside the word, never a colour alone.</summary>
/// <param name="unicode">Whether the terminal shows more than ASCII.</param>
internal sealed class Symbols(bool unicode)
{
    public static readonly Style Calm = new(Color.Grey);
    public static readonly Style Good = new(Color.Green);
    public static readonly Style Busy = new(Color.Aqua);
    public static readonly Style Warn = new(Color.Yellow);
    public static readonly Style Bad = new(Color.Red);

    public string Check => unicode ? "✓" : "+";

    public string Cross => unicode ? "✗" : "x";

    public string Dot => unicode ? "●" : "*";

    public string Ring => unicode ? "○" : "-";

    public string Arrow => unicode ? "→" : "->";

    public string Back => unicode ? "↩" : "<";

    /// <summary>The symbol and the style of a node's or an environment's state.</summary>
    public (string Symbol, Style Style) Of(string state) => state switch
    {
        NodeStates.Good => (Check, Good),
        NodeStates.Staged => (Check, Calm),
        NodeStates.Staging or NodeStates.Activating or NodeStates.Proving => (Dot, Busy),
        NodeStates.Reverting => (Dot, Warn),
        NodeStates.Reverted => (Back, Warn),
        NodeStates.Unproven => ("?", Warn),
        NodeStates.Failed or NodeStates.Drifted => (Cross, Bad),
        _ => (Ring, Calm),
    };
}
