using Wheelhouse.Server.Web.Documents;
using Wheelhouse.Tests.Services;

namespace Wheelhouse.Tests.Web.Documents;

public sealed class DocumentCheckTests
{
    private static readonly string Filled = DocumentTemplate.Text
        .Replace("<name>", "billing", StringComparison.Ordinal).Replace("<project>", "acme-billing", StringComparison.Ordinal)
        .Replace("<module>", "acme.wsgi", StringComparison.Ordinal).Replace("<host>", "app1.example", StringComparison.Ordinal);

    [Fact]
    public void The_template_is_valid_once_it_is_filled_in()
    {
        var check = Check(Filled);
        Assert.Empty(check.Errors);
        var document = check.Service!.Document;
        Assert.Equal(("billing", "/srv/billing", "production"), (document.Name, document.Environments[0].Root, document.Environments[0].Name));
    }

    /// <summary>What the template shows in comments is valid too.</summary>
    [Fact]
    public void The_template_is_valid_with_what_it_proposes()
    {
        var lines = Filled.Replace("<user>", "billing", StringComparison.Ordinal).Split('\n').ToList();
        lines.RemoveAll(line => line.Contains("check: { http: \"http://127.0.0.1:8000/\"", StringComparison.Ordinal) || line.Contains("when a page", StringComparison.Ordinal));
        var all = string.Join('\n', lines.Select(line =>
            line.TrimStart().StartsWith("# ", StringComparison.Ordinal) ? line.Remove(line.IndexOf("# ", StringComparison.Ordinal), 2) : line));
        Assert.Empty(Check(all).Errors);
    }

    [Fact]
    public void Each_place_to_fill_in_is_named_once_with_its_line_and_length()
    {
        var errors = Check(DocumentTemplate.Text).Errors;
        Assert.Equal(["<name>", "<project>", "<name>", "<module>", "<host>"], errors.Select(error =>
        {
            var line = DocumentTemplate.Text.Split('\n')[error.Line - 1];
            return line.Substring(error.Column - 1, Placeholders.LengthAt(DocumentTemplate.Text, error.Line, error.Column));
        }));
        Assert.Equal(0, Placeholders.LengthAt(DocumentTemplate.Text, 1, 1));
        Assert.Equal(0, Placeholders.LengthAt(DocumentTemplate.Text, 999, 1));
    }

    [Fact]
    public void Errors_of_the_parser_keep_their_lines()
    {
        var error = Assert.Single(Check(Filled.Replace("reload:", "relaod:", StringComparison.Ordinal)).Errors);
        Assert.Equal(Filled.Split('\n').Index().First(line => line.Item.Contains("reload:", StringComparison.Ordinal)).Index + 1, error.Line);
    }

    [Fact]
    public void A_service_keeps_its_name()
    {
        var error = Assert.Single(Check($"# moved\n{Filled}", "shop").Errors);
        Assert.Equal((2, "service", "This is the document of 'shop'."), (error.Line, error.Field, error.Message));
        Assert.Empty(Check(Filled, "billing").Errors);
    }

    [Fact]
    public void A_page_takes_one_service()
    {
        var check = Check($"{Filled}---\n{Filled.Replace("service: billing", "service: shop", StringComparison.Ordinal)}");
        Assert.Equal("The text has 2 services.", Assert.Single(check.Errors).Message);
        Assert.Null(check.Service);
    }

    [Theory]
    [InlineData("")]
    [InlineData("service: [")]
    [InlineData("- a\n- b\n")]
    public void Text_that_is_no_document_is_refused_with_a_reason(string yaml) => Assert.NotEmpty(Check(yaml).Errors);

    private static DocumentCheck Check(string yaml, string? name = null) => DocumentCheck.Of(DocumentParsing.Parser, yaml, name);
}
