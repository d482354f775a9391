namespace Wheelhouse.Server.Notifications.Templates;

/// <summary>Keeps what is written, up to a length.</summary>
/// <param name="longest">How many characters it takes at most.</param>
internal sealed class BoundedWriter(int longest) : StringWriter
{
    /// <exception cref="FormatException">It would be too long.</exception>
    public override void Write(char value)
    {
        Require(1);
        base.Write(value);
    }

    /// <inheritdoc cref="Write(char)"/>
    public override void Write(string? value)
    {
        Require(value?.Length ?? 0);
        base.Write(value);
    }

    /// <inheritdoc cref="Write(char)"/>
    public override void Write(char[] buffer, int index, int count)
    {
        Require(count);
        base.Write(buffer, index, count);
    }

    /// <inheritdoc cref="Write(char)"/>
    public override void Write(ReadOnlySpan<char> buffer)
    {
        Require(buffer.Length);
        base.Write(buffer);
    }

    private void Require(int more)
    {
        if (GetStringBuilder().Length + more > longest) throw new FormatException($"what it makes has more than {longest} characters");
    }
}
