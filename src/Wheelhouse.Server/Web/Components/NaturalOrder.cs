namespace Wheelhouse.Server.Web.Components;

/// <summary>Orders names as people do, with the numbers in them by their value: <c>app2</c> before <c>app10</c>. Pure.</summary>
internal sealed class NaturalOrder : IComparer<string?>
{
    /// <summary>The one that there is.</summary>
    public static readonly NaturalOrder Instance = new();

    private NaturalOrder()
    {
    }

    /// <inheritdoc/>
    public int Compare(string? x, string? y)
    {
        var left = x.AsSpan();
        var right = y.AsSpan();
        while (!left.IsEmpty && !right.IsEmpty)
        {
            var order = char.IsAsciiDigit(left[0]) && char.IsAsciiDigit(right[0])
                ? CompareNumbers(Take(ref left, char.IsAsciiDigit), Take(ref right, char.IsAsciiDigit))
                : Take(ref left, IsOther).CompareTo(Take(ref right, IsOther), StringComparison.OrdinalIgnoreCase);
            if (order != 0) return order;
        }

        return left.Length != right.Length ? left.Length - right.Length : string.CompareOrdinal(x, y);
    }

    private static bool IsOther(char c) => !char.IsAsciiDigit(c);

    private static int CompareNumbers(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var a = left.TrimStart('0');
        var b = right.TrimStart('0');
        return a.Length != b.Length ? a.Length - b.Length : a.SequenceCompareTo(b);
    }

    /// <summary>Cuts off the longest beginning of characters of one kind; it is empty when the first is of the other kind.</summary>
    private static ReadOnlySpan<char> Take(ref ReadOnlySpan<char> text, Func<char, bool> isOfKind)
    {
        var length = 0;
        while (length < text.Length && isOfKind(text[length])) length++;
        var taken = text[..length];
        text = text[length..];
        return taken;
    }
}
