using CsCheck;
using Wheelhouse.Python;
using Wheelhouse.Python.Distributions;
using Wheelhouse.Python.Names;
using Wheelhouse.Python.Wheels;

namespace Wheelhouse.Tests.Python;

public sealed class FileNameTests(PackagingOracle oracle)
{
    private static readonly Gen<string> Wheels = PythonGen.Mangled(
        from name in PythonGen.Name
        from version in PythonGen.LocalVersion
        from build in Gen.OneOf("", "", "-1", "-20b", "-b1")
        from tag in Gen.OneOf("py3-none-any", "py2.py3-none-any", "cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64", "CP39-abi3-linux_x86_64", "py3-none")
        select $"{name.Replace('-', '_')}-{version}{build}-{tag}.whl");

    private static readonly Gen<string> Sdists = PythonGen.Mangled(
        from name in PythonGen.Name
        from version in PythonGen.LocalVersion
        from extension in Gen.OneOf(".tar.gz", ".tar.gz", ".zip", ".tar.bz2")
        select $"{name}-{version}{extension}");

    [Fact]
    public void Wheels_are_read_as_packaging_reads_them() => Wheels.Sample(
        text =>
        {
            var expected = oracle.Ask("wheel", text);
            if (!WheelFileName.TryParse(text, out var name))
            {
                Assert.True(expected is null || IsStricter(text), text);
                return;
            }

            var answer = expected!.Value;
            Assert.Equal(answer.GetProperty("name").GetString(), name.Project.Normalized);
            Assert.Equal(answer.GetProperty("version").GetString(), name.Version.ToString());
            Assert.Equal(answer.GetProperty("build").GetString(), name.Build?.ToString() ?? "");
            Assert.Equal(answer.GetProperty("tags").EnumerateArray().Select(t => t.GetString()), name.Tags.Select(t => t.ToString()).Order(StringComparer.Ordinal));
        }, iter: 4000, threads: 1);

    [Fact]
    public void Sdists_are_read_as_packaging_reads_them() => Sdists.Sample(
        text =>
        {
            var expected = oracle.Ask("sdist", text);
            if (!SdistFileName.TryParse(text, out var name))
            {
                Assert.True(expected is null || IsStricter(text), text);
                return;
            }

            var answer = expected!.Value;
            Assert.Equal(answer.GetProperty("name").GetString(), name.Project.Normalized);
            Assert.Equal(answer.GetProperty("version").GetString(), name.Version.ToString());
        }, iter: 3000, threads: 1);

    /// <summary>packaging does not check names by PEP 508, and takes white space and any characters in tags.</summary>
    private static bool IsStricter(string text)
    {
        var stem = text.EndsWith(".whl", StringComparison.Ordinal) ? text : text[..text.LastIndexOf('-')];
        var name = text.EndsWith(".whl", StringComparison.Ordinal) ? stem.Split('-')[0] : stem;
        return !ProjectName.IsValid(name) || !text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '+' or '!')
            || text.IndexOfAny(['+', '!']) >= 0 || text.Contains("..", StringComparison.Ordinal) || text.Contains("--", StringComparison.Ordinal)
            || text.Contains("-.", StringComparison.Ordinal)
            || text.Contains(".-", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("acme-1.0-py3-none-any.whl", typeof(WheelFileName))]
    [InlineData("acme-1.0+corp.1-cp311-cp311-linux_x86_64.whl", typeof(WheelFileName))]
    [InlineData("acme-1.0.tar.gz", typeof(SdistFileName))]
    [InlineData("Acme-Billing-1.0.0.zip", typeof(SdistFileName))]
    public void The_kind_is_told_from_the_name(string text, Type kind) => Assert.IsType(kind, DistributionFileName.Parse(text));

    [Theory]
    [InlineData("acme_billing-1.0.tar.gz", true)]
    [InlineData("acme-billing-1.0.tar.gz", false)]
    [InlineData("Acme-1.0.tar.gz", false)]
    [InlineData("acme-1.0-1.tar.gz", false)]
    [InlineData("acme-1.0.zip", false)]
    public void Sdists_say_whether_they_are_spelled_by_the_standard(string text, bool expected) =>
        Assert.Equal(expected, SdistFileName.TryParse(text, out var name) && name.IsNormalized);

    [Theory]
    [InlineData("acme-1.0.exe", "neither a wheel")]
    [InlineData("acme-1.0-py3-none.whl", "4 parts")]
    [InlineData("acme-one-py3-none-any.whl", "'one' is not a version")]
    [InlineData("acme-1.0-b1-py3-none-any.whl", "the build tag 'b1'")]
    [InlineData("../acme-1.0.tar.gz", "'../acme' is not a project name")]
    [InlineData("acme-1.0-py3-none-any/.whl", "'any/' must be")]
    public void An_error_names_the_bad_part(string text, string part) =>
        Assert.Contains(part, Assert.Throws<PythonFormatException>(() => DistributionFileName.Parse(text)).Message, StringComparison.Ordinal);
}
