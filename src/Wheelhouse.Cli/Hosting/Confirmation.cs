using Spectre.Console;

namespace Wheelhouse.Cli.Hosting;

/// <summary>Asks a person before something is done.</summary>
internal static class Confirmation
{
    /// <summary>Asks; no is the default.</summary>
    /// <param name="context">Where to ask.</param>
    /// <param name="question">The question, without what can be answered.</param>
    /// <param name="fix">What to pass instead when nobody is there to be asked.</param>
    /// <param name="token">Ends the question.</param>
    /// <exception cref="CliException">Nobody is there to be asked.</exception>
    public static async Task<bool> AskAsync(CommandContext context, string question, string fix, CancellationToken token)
    {
        if (!context.Host.CanAsk || context.Json) throw new CliException(ExitCodes.Usage, "Nobody is here to say yes.", fix);
        var prompt = new ConfirmationPrompt(question) { DefaultValue = false };
        return await prompt.ShowAsync(context.Output.Console, token);
    }
}
