using CsCheck;
using Wheelhouse.Python;
using Wheelhouse.Python.Names;

namespace Wheelhouse.Tests.Python;

public sealed class ProjectNameTests(PackagingOracle oracle)
{
    [Fact]
    public void Names_are_normalised_as_packaging_does() => PythonGen.Name.Sample(
        text => Assert.Equal(oracle.Ask("canonicalize_name", text)!.Value.GetString(), ProjectName.Normalize(text)), iter: 2000, threads: 1);

    [Fact]
    public void Names_with_one_normal_form_are_equal()
    {
        Assert.Equal(ProjectName.Parse("Acme__Billing"), ProjectName.Parse("acme.billing"));
        Assert.NotEqual(ProjectName.Parse("acme"), ProjectName.Parse("acme2"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-acme")]
    [InlineData("acme.")]
    [InlineData("ac me")]
    [InlineData("acmé")]
    [InlineData("acme/../x")]
    [InlineData("acme\n")]
    public void Bad_names_are_refused(string text)
    {
        Assert.False(ProjectName.TryParse(text, out _));
        Assert.Contains("PEP 508", Assert.Throws<PythonFormatException>(() => ProjectName.Parse(text)).Message, StringComparison.Ordinal);
    }
}
