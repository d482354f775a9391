using Spectre.Console;

namespace Wheelhouse.Cli.Output;

/// <summary>Opens the console that draws tables and the live view.</summary>
internal static class Consoles
{
    private const int NeverWrap = 10_000;

    /// <summary>Some terminals, those of build servers above all, say that they have no columns; a table that thin would never be laid out.</summary>
    private const int Narrowest = 20;

    private const int Usual = 80;
    private const int UsualHeight = 24;

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
        else if (console.Profile.Width < Narrowest) console.Profile.Width = Usual;
        if (console.Profile.Height < 1) console.Profile.Height = UsualHeight;
        return console;
    }
}
