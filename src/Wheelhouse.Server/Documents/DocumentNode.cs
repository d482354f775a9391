namespace Wheelhouse.Server.Documents;

/// <summary>A part of a YAML document, with its place in the text as sent.</summary>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
public abstract record DocumentNode(int Line, int Column)
{
    /// <summary>What it is, for a person.</summary>
    public abstract string Kind { get; }

    /// <summary>Whether nothing was written where a value may stand.</summary>
    public virtual bool IsNull => false;
}

/// <summary>A single value. Its type is what the reader expects there, so that <c>python: 3.10</c> stays 3.10.</summary>
/// <param name="Text">The value, without quotes.</param>
/// <param name="Quoted">Whether it was written in quotes or as a block.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
public sealed record ScalarNode(string Text, bool Quoted, int Line, int Column) : DocumentNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Kind => IsNull ? "nothing" : "a single value";

    /// <inheritdoc/>
    public override bool IsNull => !Quoted && Text is ("" or "~" or "null" or "Null" or "NULL");
}

/// <summary>A list.</summary>
/// <param name="Items">Its entries in order.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
public sealed record ListNode(IReadOnlyList<DocumentNode> Items, int Line, int Column) : DocumentNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Kind => "a list";
}

/// <summary>A map. Its keys are unique.</summary>
/// <param name="Entries">Its entries in the order of the text.</param>
/// <param name="Line">1-based.</param>
/// <param name="Column">1-based.</param>
public sealed record MapNode(IReadOnlyList<MapEntry> Entries, int Line, int Column) : DocumentNode(Line, Column)
{
    /// <inheritdoc/>
    public override string Kind => "a map";
}

/// <summary>An entry of a map.</summary>
public sealed record MapEntry(ScalarNode Key, DocumentNode Value);
