namespace Wheelhouse.Server.Hosting.Programs;

/// <summary>A program to run, without a shell.</summary>
/// <param name="Path">Its absolute path.</param>
/// <param name="Arguments">Its arguments, each as it is.</param>
/// <param name="WorkingDirectory">Where it runs.</param>
public sealed record ProgramStart(string Path, IReadOnlyList<string> Arguments, string WorkingDirectory)
{
    /// <summary>Changes to the server's environment; null removes a variable. The server's own settings are removed anyway.</summary>
    public IReadOnlyDictionary<string, string?> Variables { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>What it reads on standard input, from here to the end; null for nothing. The caller disposes of it.</summary>
    public Stream? Input { get; init; }

    /// <summary>How much it may write to standard output, in bytes; 32 MiB by default.</summary>
    public int MaxOutput { get; init; } = 32 << 20;
}
