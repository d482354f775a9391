using System.Buffers;
using System.Text.Json;
using Wheelhouse.Python.SimpleApi;

namespace Wheelhouse.Tests.Python;

public sealed class SimpleApiTests
{
    private static readonly string Sha256 = new('a', 64);

    private static readonly SimpleProject Page = new("acme", ["1.0"],
    [
        new()
        {
            FileName = "acme-1.0-py3-none-any.whl",
            Url = "../../files/aa/acme-1.0-py3-none-any.whl",
            Sha256 = "aa",
            Size = 42,
            UploadTime = DateTimeOffset.UnixEpoch,
            RequiresPython = ">=3.8",
            MetadataSha256 = "bb",
            Yanked = "bad <b>\"",
        },
    ]);

    [Fact]
    public void Html_is_escaped_and_carries_both_spellings_of_the_metadata_hash()
    {
        using var html = new StringWriter();
        SimpleHtmlWriter.Write(html, Page);
        Assert.Contains(
            "<a href=\"../../files/aa/acme-1.0-py3-none-any.whl#sha256=aa\" data-requires-python=\"&gt;=3.8\" data-core-metadata=\"sha256=bb\" "
            + "data-dist-info-metadata=\"sha256=bb\" data-yanked=\"bad &lt;b&gt;&quot;\">acme-1.0-py3-none-any.whl</a>",
            html.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Json_has_the_members_of_the_standard()
    {
        var output = new ArrayBufferWriter<byte>();
        SimpleJsonWriter.Write(output, Page);
        using var json = JsonDocument.Parse(output.WrittenMemory);
        Assert.Equal("1.4", json.RootElement.GetProperty("meta").GetProperty("api-version").GetString());
        var file = json.RootElement.GetProperty("files")[0];
        Assert.Equal("aa", file.GetProperty("hashes").GetProperty("sha256").GetString());
        Assert.Equal("1970-01-01T00:00:00.000000Z", file.GetProperty("upload-time").GetString());
        Assert.Equal("bb", file.GetProperty("core-metadata").GetProperty("sha256").GetString());
        Assert.Equal(42, file.GetProperty("size").GetInt64());
        Assert.Equal(">=3.8", file.GetProperty("requires-python").GetString());
    }

    [Theory]
    [InlineData(null, SimpleMediaTypes.PlainHtml)]
    [InlineData("*/*", SimpleMediaTypes.PlainHtml)]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", SimpleMediaTypes.PlainHtml)]
    [InlineData("application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html; q=0.1, text/html; q=0.01", SimpleMediaTypes.Json)]
    [InlineData("application/vnd.pypi.simple.v1+json;q=0.1, text/html;q=0.5", SimpleMediaTypes.PlainHtml)]
    [InlineData("application/vnd.pypi.simple.latest+json", SimpleMediaTypes.Json)]
    [InlineData("application/vnd.pypi.simple.v1+html", SimpleMediaTypes.Html)]
    [InlineData("application/*", SimpleMediaTypes.Json)]
    [InlineData("text/html;q=0, */*", SimpleMediaTypes.Json)]
    [InlineData("image/png", null)]
    [InlineData("text/html;q=banana", null)]
    public void The_form_is_negotiated(string? accept, string? expected) => Assert.Equal(expected, SimpleMediaTypes.Negotiate(accept));

    [Fact]
    public void What_is_written_is_read_again()
    {
        var page = Page with
        {
            Status = "deprecated",
            StatusReason = "old",
            Files = [Page.Files[0] with { Sha256 = Sha256, MetadataSha256 = Sha256 }, Page.Files[0] with { FileName = "acme-1.0.tar.gz", Sha256 = Sha256, MetadataSha256 = null, Yanked = "" }],
        };
        var json = new ArrayBufferWriter<byte>();
        SimpleJsonWriter.Write(json, page);
        AssertSame(page, SimpleJsonReader.Read(json.WrittenMemory));
        using var html = new StringWriter();
        SimpleHtmlWriter.Write(html, page);
        AssertSame(page with { Versions = [], Files = [.. page.Files.Select(file => file with { Size = null, UploadTime = null })] }, SimpleHtmlReader.Read("acme", html.ToString()));
    }

    [Theory]
    [InlineData("<a href=f#sha256=HASH>acme-1.0.tar.gz</a>", "f")]
    [InlineData("<A\nHREF = 'f?a=1&amp;b=2#md5=x&sha256=HASH' >\n acme-1.0.tar.gz\n</A>", "f?a=1&b=2")]
    [InlineData("<a data-x href=\"f#sha256=HASH\" href=\"g#sha256=HASH\"/>acme-1.0.tar.gz", "f")]
    [InlineData("<p a<a href=f#sha256=HASH>", null)]
    [InlineData("<!-- <a href=f#sha256=HASH>acme-1.0.tar.gz</a> -->", null)]
    [InlineData("<a href=f>acme-1.0.tar.gz</a>", null)]
    [InlineData("<a href=f#md5=HASH>acme-1.0.tar.gz</a>", null)]
    [InlineData("<a href=f#sha256=short>acme-1.0.tar.gz</a>", null)]
    [InlineData("<a href='f#sha256=HASH", "f")]
    [InlineData("<a <!-- < > </", null)]
    public void Html_that_others_wrote_is_read_as_browsers_do(string html, string? url) =>
        Assert.Equal(url, SimpleHtmlReader.Read("acme", html.Replace("HASH", Sha256, StringComparison.Ordinal)).Files is [var file, ..] ? file.Url : null);

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"meta":{"api-version":"1.0"},"name":"acme","files":{}}""")]
    [InlineData("""{"meta":{"api-version":1},"name":"acme","files":[]}""")]
    [InlineData("""{"meta":{"api-version":"1.0"},"name":"acme","files":["x"]}""")]
    public void Json_that_is_no_page_is_refused(string json) =>
        Assert.Throws<Wheelhouse.Python.PythonFormatException>(() => SimpleJsonReader.Read(System.Text.Encoding.UTF8.GetBytes(json)));

    private static void AssertSame(SimpleProject expected, SimpleProject actual)
    {
        Assert.Equal(expected.Versions, actual.Versions);
        Assert.Equal(expected.Files, actual.Files);
        Assert.Equal((expected.Name, expected.Status, expected.StatusReason), (actual.Name, actual.Status, actual.StatusReason));
    }
}
