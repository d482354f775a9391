using System.Buffers;
using System.Text.Json;
using Wheelhouse.Python.SimpleApi;

namespace Wheelhouse.Tests.Python;

public sealed class SimpleApiTests
{
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
}
