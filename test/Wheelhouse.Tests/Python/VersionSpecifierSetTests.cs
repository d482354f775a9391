using CsCheck;
using Wheelhouse.Python;
using Wheelhouse.Python.Versions;

namespace Wheelhouse.Tests.Python;

public sealed class VersionSpecifierSetTests(PackagingOracle oracle)
{
    [Fact]
    public void Sets_hold_the_versions_that_packaging_says() => (
        from clauses in PythonGen.Clauses
        from version in PythonGen.LocalVersion
        from prereleases in Gen.OneOf<bool?>(null, true, false)
        where !IsKnownDifference(clauses)
        select (clauses, version, prereleases)).Sample(
        sample =>
        {
            var expected = oracle.Ask("contains", sample.clauses, sample.version, sample.prereleases);
            Assert.Equal(expected is not null, VersionSpecifierSet.TryParse(sample.clauses, out var specifiers));
            if (expected is { } answer)
                Assert.Equal(answer.GetBoolean(), specifiers!.Contains(PythonVersion.Parse(sample.version), sample.prereleases));
        }, iter: 6000, threads: 1);

    /// <summary>
    /// What packaging 23.0 gets wrong by the standard: epochs with .* and ~=, spellings other than the normal one after ~=,
    /// letters outside ASCII, and nothing after ===.
    /// </summary>
    private static bool IsKnownDifference(string clauses) =>
        clauses.Contains('!', StringComparison.Ordinal) && clauses.Replace("!=", "", StringComparison.Ordinal).Contains('!', StringComparison.Ordinal)
        || !clauses.All(char.IsAscii)
        || clauses.Contains("===", StringComparison.Ordinal) && !System.Text.RegularExpressions.Regex.IsMatch(clauses, "===\\s*[0-9]")
        || clauses.Split(',').Any(c => c.TrimStart().StartsWith("~=", StringComparison.Ordinal)
            && PythonVersion.TryParse(c.TrimStart()[2..], out var v) && !string.Equals(v.ToString(), c.TrimStart()[2..], StringComparison.Ordinal));

    [Theory]
    [InlineData("==1!2.0.*", "1!2", true)]
    [InlineData("~=1!2.0.1", "1!2.0.5", true)]
    [InlineData("~=2.0.rev1", "2.5", true)]
    [InlineData("===1.0+Corp.1", "1.0+corp.1", true)]
    [InlineData("===anything", "1.0", false)]
    public void The_standard_holds_where_packaging_errs(string specifiers, string version, bool expected) =>
        Assert.Equal(expected, VersionSpecifierSet.Parse(specifiers).Contains(PythonVersion.Parse(version)));

    [Theory]
    [InlineData("1.0", "must begin with one of")]
    [InlineData(">=1.0.*", "only == and != take .*")]
    [InlineData(">1.0+corp", "a local version (+corp)")]
    [InlineData("~=1", "at least two numbers")]
    [InlineData("==1.0a1.*", "may only follow the numbers of a release")]
    [InlineData(">=one", "'one' is not a version")]
    [InlineData("===", "a version is missing")]
    public void An_error_names_the_rule(string specifiers, string rule) =>
        Assert.Contains(rule, Assert.Throws<PythonFormatException>(() => VersionSpecifierSet.Parse(specifiers)).Message, StringComparison.Ordinal);
}
