using Spectre.Console;

namespace Wheelhouse.Cli.Output;

/// <summary>Opens the console that draws tables and the live view.</summary>
internal static class Consoles
{
    private const int NeverWrap = 10_000;

    /// <param name="output">Where it draws.</param>
    /// <param name="terminal">Whether that is a terminal; otherwise nothing is coloured and no line is wrapped.</param>
    /// <param name="colours">Whether colours are wanted.</param>
    public static IAnsiConsole Open(TextWriter output, bool terminal, bool colours)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = terminal && colours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        if (!terminal) console.Profile.Width = NeverWrap;
        return console;
    }
}
