namespace Wheelhouse.Server.Hosting.Programs;

/// <summary>How a program ended.</summary>
/// <param name="Name">The program, for messages.</param>
/// <param name="ExitCode">Its exit code; 128 and the number of the signal that ended it.</param>
/// <param name="Output">All of its standard output.</param>
/// <param name="Errors">The end of its standard error.</param>
public sealed record ProgramResult(string Name, int ExitCode, ReadOnlyMemory<byte> Output, string Errors)
{
    private const int ShownLines = 5;
    private const int ShownCharacters = 1000;

    /// <summary>The output of a program that succeeded.</summary>
    /// <exception cref="ProgramException">It did not exit with 0; the message holds the last lines that it wrote to standard error.</exception>
    public ReadOnlyMemory<byte> Require(string fix) =>
        ExitCode == 0 ? Output : throw new ProgramException($"{Name} exited with {ExitCode}: {LastLines()}", fix);

    private string LastLines()
    {
        var lines = Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(ShownLines);
        var text = string.Concat(string.Join(" / ", lines).Select(c => char.IsControl(c) ? ' ' : c));
        return text.Length == 0 ? "it wrote nothing to standard error." : text[Math.Max(0, text.Length - ShownCharacters)..];
    }
}
