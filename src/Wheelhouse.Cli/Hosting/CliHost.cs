using System.Collections;
using Spectre.Console;
using Wheelhouse.Cli.Output;

namespace Wheelhouse.Cli.Hosting;

/// <summary>What the command has around it: the environment, the three streams, the clock and the signals.</summary>
internal sealed class CliHost : IDisposable
{
    /// <summary>The environment variables.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Standard input.</summary>
    public required TextReader Input { get; init; }

    /// <summary>Standard output.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard error.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether a person looks at standard output, so that it may be drawn over.</summary>
    public bool IsTerminal { get; init; }

    /// <summary>Whether a person sits at standard input, so that questions have an answer.</summary>
    public bool CanAsk { get; init; }

    /// <summary>Whether there is a desktop with a browser.</summary>
    public bool CanBrowse { get; init; }

    /// <summary>Opens a file in the browser, and says whether that was possible.</summary>
    public Func<string, bool> Browse { get; init; } = DesktopBrowser.Open;

    /// <summary>The clock, and the time zone in which times are shown.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Ctrl-C and SIGTERM.</summary>
    public Interrupts Interrupts { get; init; } = new();

    /// <summary>Makes the console that draws on standard output; given whether colours are wanted.</summary>
    public required Func<bool, IAnsiConsole> OpenConsole { get; init; }

    /// <summary>The surroundings of this process, listening for its signals.</summary>
    public static CliHost OfProcess()
    {
        var environment = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
        var inCi = environment.TryGetValue("CI", out var ci) && ci is not ("" or "0" or "false");
        var dumb = environment.TryGetValue("TERM", out var term) && term == "dumb";
        var terminal = !Console.IsOutputRedirected && !inCi && !dumb;
        return new CliHost
        {
            Environment = environment,
            Input = Console.In,
            Out = Console.Out,
            Error = Console.Error,
            IsTerminal = terminal,
            CanAsk = terminal && !Console.IsInputRedirected,
            CanBrowse = terminal && DesktopBrowser.IsThere(environment),
            Interrupts = Interrupts.OfProcess(),
            OpenConsole = colours => Consoles.Open(Console.Out, terminal, colours),
        };
    }

    /// <summary>The value of an environment variable; null when it is not set or empty.</summary>
    public string? Variable(string name) => Environment.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    public void Dispose() => Interrupts.Dispose();
}
