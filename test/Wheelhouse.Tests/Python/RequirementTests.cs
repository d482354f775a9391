using CsCheck;
using Wheelhouse.Python;
using Wheelhouse.Python.Requirements;
using Wheelhouse.Python.Versions;

namespace Wheelhouse.Tests.Python;

public sealed class RequirementTests(PackagingOracle oracle)
{
    private static readonly Gen<string> Requirements = PythonGen.Mangled(
        from name in PythonGen.Name
        from extras in Gen.OneOf("", "", "[]", "[a]", "[ Foo_Bar , baz ]", "[a,a]")
        from blank in Gen.OneOf("", " ")
        from specifiers in Gen.Frequency((3, PythonGen.Clauses), (1, PythonGen.Clauses.Select(c => $"({c})")), (1, Gen.OneOf("@ https://x.test/a.whl", "@ nowhere", "@")))
        from marker in Gen.OneOf("", "", "; python_version<'3'", " ; extra == 'x' and os_name=='posix'", ";")
        select name + extras + blank + specifiers + marker);

    [Fact]
    public void Requirements_are_read_as_packaging_reads_them() => Requirements.Where(r => !IsKnownDifference(r)).Sample(
        text =>
        {
            var expected = oracle.Ask("requirement", text);
            Assert.Equal(expected is not null, Requirement.TryParse(text, out var requirement));
            if (expected is not { } answer)
                return;
            Assert.Equal(answer.GetProperty("name").GetString(), requirement!.Name.Text);
            Assert.Equal(answer.GetProperty("extras").EnumerateArray().Select(e => e.GetString()), requirement.Extras);
            Assert.Equal(answer.GetProperty("url").GetString(), requirement.Url);
            Assert.Equal(answer.GetProperty("marker").GetBoolean(), requirement.Marker is not null);
            Assert.Equal(
                answer.GetProperty("specifiers").EnumerateArray().Select(s => VersionSpecifier.Parse(s.GetString()!)).Select(Key).ToHashSet(),
                requirement.Specifiers.Specifiers.Select(Key).ToHashSet());
        }, iter: 5000, threads: 1);

    /// <summary>packaging keeps one of two clauses that mean the same, whichever it likes.</summary>
    private static (string, PythonVersion?, bool) Key(VersionSpecifier clause) => (clause.Operator, clause.Version, clause.IsPrefix);

    /// <summary>packaging 23.0 takes names that end in '_', hosts that cannot be, and === of nothing.</summary>
    private static bool IsKnownDifference(string text) =>
        (text.Contains("@ ", StringComparison.Ordinal) && !text.Contains("@ https://x.test/a.whl", StringComparison.Ordinal)
            && !text.Contains("@ nowhere", StringComparison.Ordinal)) ||
        !text.All(char.IsAscii) || text.Contains("===", StringComparison.Ordinal) || text.Contains('\n', StringComparison.Ordinal)
        || System.Text.RegularExpressions.Regex.IsMatch(text, "_+($|[^A-Za-z0-9._-])");

    [Theory]
    [InlineData("acme", "acme")]
    [InlineData("acme[B,a] >=1.0 , <2 ; python_version<'3.12'", "acme[a,b]>=1.0,<2; python_version < \"3.12\"")]
    [InlineData("acme (>=1.0)", "acme>=1.0")]
    [InlineData("acme @ https://x.test/acme.whl ; extra == 'a'", "acme @ https://x.test/acme.whl ; extra == \"a\"")]
    public void The_usual_spelling_is_written(string text, string expected)
    {
        Assert.Equal(expected, Requirement.Parse(text).ToString());
        Assert.Equal(expected, Requirement.Parse(expected).ToString());
    }

    [Theory]
    [InlineData("", "a project name")]
    [InlineData("acme>=one", "'one' is not a version")]
    [InlineData("acme[a", "',' or ']'")]
    [InlineData("acme; python_version", "one of <= <")]
    [InlineData("acme; '1' == '1'", "an environment variable")]
    [InlineData("acme 1.0", "must begin with one of")]
    public void An_error_names_what_was_expected(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<PythonFormatException>(() => Requirement.Parse(text)).Message, StringComparison.Ordinal);
}
