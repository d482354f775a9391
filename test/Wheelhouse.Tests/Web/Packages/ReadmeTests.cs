using Wheelhouse.Server.Web.Packages;

namespace Wheelhouse.Tests.Web.Packages;

public sealed class ReadmeTests
{
    private const string Type = "text/markdown; charset=UTF-8; variant=GFM";

    private static string Render(string markdown) => Readme.Render(markdown, Type)!.Trim();

    [Fact]
    public void Markdown_becomes_html_below_the_pages_own_headings()
    {
        Assert.Equal("<h3>Acme</h3>\n<p>Bills <strong>you</strong>.</p>", Render("# Acme\n\nBills **you**."));
        Assert.Equal("<h6>Deep</h6>", Render("###### Deep"));
        Assert.Contains("<td>1</td>", Render("|a|\n|-|\n|1|"), StringComparison.Ordinal);
        Assert.Equal("<pre><code class=\"language-python\" tabindex=\"0\">import acme\n</code></pre>", Render("```python\nimport acme\n```"));
    }

    [Theory]
    [InlineData("text/x-rst")]
    [InlineData("text/plain")]
    [InlineData(null)]
    public void Other_kinds_are_shown_as_text(string? type) => Assert.Null(Readme.Render("# Acme", type));

    [Theory]
    [InlineData("[docs](https://acme.example/a?b=1&c=2)", "<a href=\"https://acme.example/a?b=1&amp;c=2\" rel=\"nofollow noopener noreferrer\" target=\"_blank\">docs</a>")]
    [InlineData("![chart](https://acme.example/chart.png)", "<a href=\"https://acme.example/chart.png\" rel=\"nofollow noopener noreferrer\" target=\"_blank\">chart</a>")]
    [InlineData("[![build](https://ci.example/b.svg)](https://ci.example/)", "<a href=\"https://ci.example/\" rel=\"nofollow noopener noreferrer\" target=\"_blank\">build</a>")]
    [InlineData("[more](docs/more.md) [up](#top) [else](//evil.example/x)", "more up else")]
    public void Links_lead_away_and_pictures_are_not_loaded(string markdown, string expected) => Assert.Equal($"<p>{expected}</p>", Render(markdown));

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("a <img src=x onerror=alert(1)> b")]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](  java\tscript:alert(1))")]
    [InlineData("[x][1]\n\n[1]: javascript:alert(1)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("![x](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("[x](data:text/html,<script>alert(1)</script>)")]
    [InlineData("[x](vbscript:msgbox)")]
    [InlineData("# x {onclick=alert(1)}")]
    [InlineData("[x](https://a.example \"\\\" onmouseover=alert(1)\")")]
    [InlineData("```\" onclick=alert(1)\nx\n```")]
    public void Nothing_in_it_can_act(string markdown)
    {
        var parsed = new System.Xml.XmlDocument();
        parsed.LoadXml($"<x>{Render(markdown)}</x>");
        foreach (System.Xml.XmlElement element in parsed.SelectNodes("//*")!)
        {
            Assert.DoesNotContain(element.Name, (string[])["script", "img", "iframe", "object", "form", "style"]);
            Assert.All(element.Attributes.Cast<System.Xml.XmlAttribute>(), attribute => Assert.DoesNotMatch("^on|^style$|^srcdoc$", attribute.Name));
            var address = element.GetAttribute("href");
            Assert.True(address.Length == 0 || address.StartsWith("https://", StringComparison.Ordinal), address);
        }
    }

    [Fact]
    public void What_is_nested_beyond_reason_is_shown_as_text() => Assert.Null(Readme.Render(new string('>', 5000) + " x", Type));
}
