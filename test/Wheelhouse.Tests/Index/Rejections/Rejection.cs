using System.Text.RegularExpressions;
using Wheelhouse.Server.Index;

namespace Wheelhouse.Tests.Index.Rejections;

/// <summary>An upload that is refused: the test of it, and its line in docs/reference/uploads.md.</summary>
/// <param name="Group">The kind of fault, a heading of the page.</param>
/// <param name="What">What is wrong with it.</param>
/// <param name="Code">The code of the answer.</param>
/// <param name="Message">The message of the answer; "…" stands for anything.</param>
/// <param name="FileName">The file's name.</param>
/// <param name="Bytes">Makes the file.</param>
internal sealed record Rejection(string Group, string What, string Code, string Message, string FileName, Func<byte[]> Bytes)
{
    public int Status { get; init; } = 400;

    /// <summary>Changes the form.</summary>
    public Action<Dictionary<string, string>>? Form { get; init; }

    /// <summary>Changes the server's settings; it then has a server of its own.</summary>
    public Action<IndexOptions>? Settings { get; init; }

    /// <summary>What happened before.</summary>
    public Func<IndexServer, Task>? Before { get; init; }

    /// <summary>Whether an answer's message is the expected one.</summary>
    public bool Fits(string? message) => Regex.IsMatch(
        message ?? "", $"^{Regex.Escape(Message).Replace("…", ".*", StringComparison.Ordinal)}$", RegexOptions.Singleline, TimeSpan.FromSeconds(1));
}
