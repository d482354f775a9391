using System.CommandLine;
using Spectre.Console;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Access;

/// <summary>Reads a new password, from the terminal or from standard input. It is never an argument: every user of a machine sees those.</summary>
internal static class PasswordInput
{
    public static Option<bool> Stdin() => new("--password-stdin") { Description = "Read the password from the first line of standard input" };

    public static async Task<string> ReadAsync(CommandContext context, Option<bool> stdin, CancellationToken token)
    {
        if (context.Get(stdin)) return await context.Host.Input.ReadLineAsync(token) ?? "";
        if (!context.Host.CanAsk) throw new CliException(ExitCodes.Usage, "No password was given.", "Pass --password-stdin");
        var first = await AskAsync("New password:", context, token);
        if (first == await AskAsync("Once more:", context, token)) return first;
        throw new CliException(ExitCodes.Usage, "The two passwords differ.", "Enter the same one twice");
    }

    private static Task<string> AskAsync(string question, CommandContext context, CancellationToken token) =>
        new TextPrompt<string>(question).Secret(null).ShowAsync(context.Output.Console, token);
}
