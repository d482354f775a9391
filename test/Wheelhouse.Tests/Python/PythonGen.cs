using CsCheck;

namespace Wheelhouse.Tests.Python;

/// <summary>Generators of text that is nearly always valid, and of text that is nearly valid.</summary>
internal static class PythonGen
{
    public static Gen<string> Number { get; } = Gen.Frequency(
        (8, Gen.Int[0, 12].Select(n => n.ToString())), (1, Gen.Const("007")), (1, Gen.Const("20241231235959123456789")));

    private static readonly Gen<string> Separator = Gen.OneOf("", ".", "-", "_");

    private static readonly Gen<string> Release = Number.Array[1, 4].Select(parts => string.Join('.', parts));

    /// <summary>A version in any spelling.</summary>
    public static Gen<string> Version { get; } = VersionOf(Separator,
        Gen.OneOf("a", "b", "c", "rc", "alpha", "BETA", "pre", "preview"), Gen.OneOf("post", "rev", "r", "Post"), Gen.OneOf("", "v", " "));

    /// <summary>A version in its normal spelling, but for zeros.</summary>
    public static Gen<string> PlainVersion { get; } =
        from release in Gen.Int[0, 3].Array[1, 3].Select(parts => string.Join('.', parts))
        from suffix in Gen.Frequency((5, Gen.Const("")), (1, Gen.OneOf("a1", "b0", "rc2", ".dev1", "a1.dev0", ".post1", ".post1.dev2", "rc1.post0")))
        select release + suffix;

    public static Gen<string> LocalVersion { get; } =
        from version in PlainVersion
        from local in Gen.Frequency((3, Gen.Const("")), (1, Gen.OneOf("+corp.1", "+10", "+9", "+abc", "+1.a")))
        select version + local;

    public static Gen<string> Name { get; } = Gen.Frequency(
        (4, Gen.String[Gen.Char["abzABZ019-_."], 1, 8]), (1, Gen.OneOf("acme-billing", "Acme__Billing", "a", "a.-_b")));

    public static Gen<string> Clause { get; } = Gen.Frequency(
        (6, from op in Gen.OneOf("==", "!=", "<=", ">=", "<", ">", "~=") from version in PlainVersion select op + version),
        (2, from op in Gen.OneOf("==", "!=") from version in Mangled(Release.Select(release => release + ".*")) select $"{op} {version}"),
        (1, from op in Gen.OneOf("==", "!=", "===", ">=") from version in LocalVersion select op + version),
        (1, from op in Gen.OneOf("==", "!=", "<", ">=", "=", "=<", "~=", "") from version in Mangled(Version) select op + version));

    public static Gen<string> Clauses { get; } = Gen.Frequency(
        (6, Clause.Array[0, 3].Select(clauses => string.Join(',', clauses))),
        (1, Clause.Array[1, 2].Select(clauses => string.Join(" , ", clauses) + ",")));

    /// <summary>The text with a character removed, doubled or put in, now and then.</summary>
    public static Gen<string> Mangled(Gen<string> texts) =>
        from text in texts
        from place in Gen.Int[0, Math.Max(0, text.Length - 1)]
        from how in Gen.Int[0, 6]
        from character in Gen.Char["0a.-_+!*v ,;()[]'\"=<>~@é\u212a"]
        select text.Length == 0 ? text : how switch
        {
            0 => text.Remove(place, 1),
            1 => text.Insert(place, text[place].ToString()),
            2 => text.Insert(place, character.ToString()),
            _ => text,
        };

    private static Gen<string> VersionOf(Gen<string> separator, Gen<string> pre, Gen<string> post, Gen<string> start)
    {
        Gen<string> Part(Gen<string> word) =>
            from before in separator from w in word from after in separator from number in Gen.OneOf(Number, Gen.Const("")) select before + w + after + number;
        Gen<string> Maybe(Gen<string> part) => Gen.Frequency((2, Gen.Const("")), (1, part));
        return from s in start
               from epoch in Gen.Frequency((6, Gen.Const("")), (1, Gen.OneOf("0!", "1!", "02!")))
               from release in Release
               from a in Maybe(Part(pre))
               from b in Maybe(Gen.OneOf(Part(post), Number.Select(n => "-" + n)))
               from c in Maybe(Part(Gen.OneOf("dev", "DEV")))
               from local in Maybe(Gen.OneOf("+a", "+Corp-1", "+1_2.003", "+0a", "+00", "+ubuntu.1"))
               select s + epoch + release + a + b + c + local + (s is " " ? "\n" : "");
    }
}
