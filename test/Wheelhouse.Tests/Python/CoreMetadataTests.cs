using Wheelhouse.Python;
using Wheelhouse.Python.Metadata;

namespace Wheelhouse.Tests.Python;

public sealed class CoreMetadataTests
{
    private const string Full =
        """
        Metadata-Version: 2.1
        Name: Acme-Billing
        Version: 1.2.0
        summary: Bills
          things
        Home-page: UNKNOWN
        Requires-Python: >=3.8
        Requires-Dist: gunicorn (>=20)
        Requires-Dist: rich ; extra == "pretty"
        Provides-Extra: pretty

        # Billing

        Second: paragraph

        """;

    [Fact]
    public void Fields_and_body_are_read()
    {
        var metadata = CoreMetadata.Parse(Full.ReplaceLineEndings("\r\n"));
        Assert.Equal("acme-billing", metadata.Name.Normalized);
        Assert.Equal("1.2.0", metadata.Version.ToString());
        Assert.Equal("Bills\n  things", metadata.Summary);
        Assert.Null(metadata.HomePage);
        Assert.Equal(">=3.8", metadata.RequiresPythonText);
        Assert.Equal(["gunicorn>=20", "rich; extra == \"pretty\""], metadata.RequiresDist.Select(r => r.ToString()));
        Assert.Equal(["pretty"], metadata.ProvidesExtra);
        Assert.Equal("# Billing\n\nSecond: paragraph", metadata.Description);
    }

    [Fact]
    public void A_description_among_the_fields_loses_its_indent() =>
        Assert.Equal("One\n\n  two", CoreMetadata.Parse("Metadata-Version: 1.0\nName: a\nVersion: 1\nDescription: One\n       |\n       |  two\n").Description);

    [Theory]
    [InlineData("Name: a\nVersion: 1\n", "lacks the field Metadata-Version")]
    [InlineData("Metadata-Version: 3.0\nName: a\nVersion: 1\n", "must be 1.x or 2.x")]
    [InlineData("Metadata-Version: 2.1\nVersion: 1\n", "lacks the field Name")]
    [InlineData("Metadata-Version: 2.1\nName: a\nName: b\nVersion: 1\n", "only once")]
    [InlineData("Metadata-Version: 2.1\nName: a\nVersion: one\n", "field Version is invalid: 'one'")]
    [InlineData("Metadata-Version: 2.1\nName: a\nVersion: 1\nRequires-Dist: ???\n", "field Requires-Dist is invalid")]
    [InlineData("Metadata-Version: 2.1\nnonsense\n", "Line 2 of the metadata, 'nonsense'")]
    public void An_error_names_the_field(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<PythonFormatException>(() => CoreMetadata.Parse(text)).Message, StringComparison.Ordinal);
}
