using System.Text.RegularExpressions;
using CsCheck;
using Wheelhouse.Python;
using Wheelhouse.Python.Requirements;

namespace Wheelhouse.Tests.Python;

public sealed class MarkerTests(PackagingOracle oracle)
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["python_version"] = "3.11",
        ["python_full_version"] = "3.11.2",
        ["os_name"] = "posix",
        ["sys_platform"] = "linux",
        ["platform_release"] = "6.1.0-18-amd64",
        ["platform_system"] = "Linux",
        ["platform_version"] = "#1 SMP",
        ["platform_machine"] = "x86_64",
        ["platform_python_implementation"] = "CPython",
        ["implementation_name"] = "cpython",
        ["implementation_version"] = "3.11.2",
        ["extra"] = "foo-bar",
    };

    private static readonly Gen<string> Comparison = Gen.OneOf(
        from variable in Gen.OneOf("python_version", "python_full_version", "implementation_version")
        from op in Gen.OneOf("<", "<=", "==", "!=", ">=", ">", "~=", " in ", " not in ")
        from value in Gen.OneOf("3", "3.11", "3.11.2", "3.8", "4.0", "3.11.*", "3.11 3.12")
        select $"{variable}{op}'{value}'",
        from variable in Gen.OneOf("os_name", "os.name", "sys_platform", "platform_system", "platform_machine", "python_implementation", "platform_version")
        from op in Gen.OneOf("==", "!=", " in ", "  not  in ", "<", ">=")
        from value in Gen.OneOf("posix", "linux", "Linux", "lin", "x86_64 aarch64", "CPython", "")
        select $"{variable} {op} \"{value}\"",
        from value in Gen.OneOf("foo-bar", "Foo_Bar", "foo", "")
        from op in Gen.OneOf("==", "!=")
        select $"extra {op} '{value}'",
        from value in Gen.OneOf("posix", "pos")
        from op in Gen.OneOf("in", "==")
        select $"'{value}' {op} os_name");

    private static readonly Gen<string> Markers = Gen.Recursive<string>((depth, self) => depth >= 3 ? Comparison : Gen.Frequency(
        (3, Comparison),
        (2, Gen.Select(self, self, Gen.OneOf("and", "or"), (a, b, op) => $"{a} {op} {b}")),
        (1, self.Select(a => $"( {a})"))));

    [Fact]
    public void Markers_are_read_and_evaluated_as_packaging_does() => PythonGen.Mangled(Markers).Where(text => !SpecifiesUnusually(text)).Sample(
        text =>
        {
            var expected = oracle.Ask("marker", text, Environment);
            if (!Marker.TryParse(text, out var marker))
            {
                Assert.Null(expected);
                return;
            }

            if (expected is not { } answer)
                return; // packaging 23.0 raises errors where a value is not a version.
            Assert.Equal(answer.GetBoolean(), marker.Evaluate(Environment));
            Assert.Equal(answer.GetBoolean(), Marker.Parse(marker.ToString()).Evaluate(Environment));
        }, iter: 5000, threads: 1);

    /// <summary>packaging splits what stands behind ~= as it is spelled, so that 3.11a.2 and 3.11a2 differ to it; the standard knows one normal form.</summary>
    private static bool SpecifiesUnusually(string text) => Regex.IsMatch(text, "~=\\s*['\"][^'\"]*[^0-9.'\"]");

    [Theory]
    [InlineData("implementation_version ~= '3.11a.2'", true)]
    [InlineData("platform_release >= '5'", true)]
    [InlineData("extra == 'Foo.Bar'", true)]
    [InlineData("os_name == 'nt' or os_name == 'posix' and python_version >= '3.8'", true)]
    public void Values_that_are_not_versions_compare_as_text(string text, bool expected) =>
        Assert.Equal(expected, Marker.Parse(text).Evaluate(Environment));

    [Fact]
    public void Extra_defaults_to_none() =>
        Assert.False(Marker.Parse("extra == 'x'").Evaluate(new Dictionary<string, string>()));

    [Fact]
    public void A_missing_variable_is_named() =>
        Assert.Contains("os_name", Assert.Throws<KeyNotFoundException>(() => Marker.Parse("os_name=='x'").Evaluate(new Dictionary<string, string>())).Message, StringComparison.Ordinal);

    [Fact]
    public void Deep_nesting_is_refused_without_a_crash() =>
        Assert.Throws<PythonFormatException>(() => Marker.Parse(new string('(', 100_000) + "os_name=='x'"));
}
