using Wheelhouse.Cli.Hosting;
using Wheelhouse.Contracts.Client;
using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Cli.Commands.Services;

/// <summary>A file of service documents on this machine.</summary>
/// <param name="Name">Its name, for a person.</param>
/// <param name="Yaml">What stands in it.</param>
internal sealed record DocumentFile(string Name, string Yaml)
{
    /// <summary>Does something with a file, and shows its errors as a compiler does when the server finds some.</summary>
    /// <param name="context">The command.</param>
    /// <param name="path">The path; <c>-</c> reads standard input.</param>
    /// <param name="use">What is to be done; answers the exit code.</param>
    /// <param name="token">Cancelled by Ctrl-C.</param>
    public static async Task<int> UseAsync(CommandContext context, string path, Func<DocumentFile, Task<int>> use, CancellationToken token)
    {
        var file = path == "-"
            ? new DocumentFile("standard input", await context.Host.Input.ReadToEndAsync(token))
            : new DocumentFile(path, await ReadAsync(path, token));
        try
        {
            return await use(file);
        }
        catch (WheelhouseApiException error) when (!context.Json && error.Problem is { Code: ProblemCodes.InvalidDocument, Errors.Count: > 0 })
        {
            DocumentErrors.Write(file.Name, file.Yaml, error.Problem.Errors, context.Host.Error);
            return ExitCodes.Usage;
        }
    }

    private static async Task<string> ReadAsync(string path, CancellationToken token)
    {
        if (!File.Exists(path)) throw new CliException(ExitCodes.Usage, $"There is no file {path}.", "Name the document, such as '-f services.yaml'.");
        return await File.ReadAllTextAsync(path, token);
    }
}
