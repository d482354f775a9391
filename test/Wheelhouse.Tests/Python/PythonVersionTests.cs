using CsCheck;
using Wheelhouse.Python;
using Wheelhouse.Python.Versions;

namespace Wheelhouse.Tests.Python;

public sealed class PythonVersionTests(PackagingOracle oracle)
{
    [Fact]
    public void Versions_are_read_as_packaging_reads_them() => PythonGen.Mangled(PythonGen.Version).Sample(
        text =>
        {
            var expected = text.All(char.IsAscii) ? oracle.Ask("version", text) : null;
            Assert.Equal(expected is not null, PythonVersion.TryParse(text, out var version));
            if (expected is not { } answer)
                return;
            Assert.Equal(answer.GetProperty("text").GetString(), version!.ToString());
            Assert.Equal(answer.GetProperty("public").GetString(), version.Public);
            Assert.Equal(answer.GetProperty("base").GetString(), version.Base);
            Assert.Equal(answer.GetProperty("local").GetString(), version.Local);
            Assert.Equal(answer.GetProperty("pre").GetBoolean(), version.IsPrerelease);
            Assert.Equal(answer.GetProperty("post").GetBoolean(), version.IsPostrelease);
        }, iter: 5000, threads: 1);

    [Fact]
    public void The_order_is_that_of_packaging() => Gen.OneOf(PythonGen.Version, PythonGen.LocalVersion).Array[2].Sample(
        pair =>
        {
            var (left, right) = (PythonVersion.Parse(pair[0]), PythonVersion.Parse(pair[1]));
            var expected = oracle.Ask("compare", pair[0], pair[1])!.Value.GetInt32();
            Assert.Equal(expected, Math.Sign(left.CompareTo(right)));
            Assert.Equal(-expected, Math.Sign(right.CompareTo(left)));
            Assert.Equal(expected == 0, left == right);
            if (expected == 0)
                Assert.Equal(left.GetHashCode(), right.GetHashCode());
        }, iter: 5000, threads: 1);

    [Fact]
    public void The_normal_form_reads_as_the_same_version() => PythonGen.Version.Sample(text =>
    {
        var version = PythonVersion.Parse(text);
        Assert.Equal(version, PythonVersion.Parse(version.ToString()));
        Assert.Equal(version.ToString(), PythonVersion.Parse(version.ToString()).ToString());
    });

    [Fact]
    public void Suffixes_stand_in_the_order_of_the_standard()
    {
        string[] ordered =
        [
            "1.dev0", "1.0.dev456", "1.0a1", "1.0a2.dev456", "1.0a12.dev456", "1.0a12", "1.0b1.dev456", "1.0b2", "1.0b2.post345.dev456",
            "1.0b2.post345", "1.0rc1.dev456", "1.0rc1", "1.0", "1.0+abc.5", "1.0+abc.7", "1.0+5", "1.0.post456.dev34", "1.0.post456",
            "1.0.15", "1.1.dev1", "1!0.1",
        ];
        Assert.Equal(ordered, ordered.Reverse().Order(Comparer<string>.Create((a, b) => PythonVersion.Parse(a).CompareTo(PythonVersion.Parse(b)))));
    }

    [Theory]
    [InlineData("1.0-", "'-' is not expected")]
    [InlineData("", "it is empty")]
    [InlineData("1.0+", "it ends too early")]
    [InlineData("french toast", "'french toast' is not expected")]
    public void An_error_names_the_bad_part_and_the_rule(string text, string part)
    {
        var error = Assert.Throws<PythonFormatException>(() => PythonVersion.Parse(text));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Contains("PEP 440", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_past_the_limit_is_refused() => Assert.False(PythonVersion.TryParse("1." + new string('9', PythonVersion.MaxLength), out _));
}
