using Markdig;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Wheelhouse.Server.Web.Packages;

/// <summary>
/// Turns a long description in Markdown into HTML that is safe to show: whoever may upload a package wrote it. No HTML of its own, no address but
/// http, https and mailto, and nothing is loaded from elsewhere: of a picture there is its text, with a link to it. Pure.
/// </summary>
public static class Readme
{
    /// <summary>Below the page's own headings.</summary>
    private const int HeadingsBelow = 2;
    private const int DeepestHeading = 6;

    private static readonly string[] Schemes = [Uri.UriSchemeHttp, Uri.UriSchemeHttps, Uri.UriSchemeMailto];

    /// <summary>Only what cannot set attributes: Markdig's advanced extensions can.</summary>
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().UseEmphasisExtras().Build();

    /// <summary>The HTML of a description; null when it is not Markdown and so is to be shown as the text it is.</summary>
    /// <param name="description">The description.</param>
    /// <param name="contentType">Its media type in the core metadata, such as <c>text/markdown; variant=GFM</c>, or null.</param>
    public static string? Render(string description, string? contentType)
    {
        if (contentType?.Split(';')[0].Trim().Equals("text/markdown", StringComparison.OrdinalIgnoreCase) is not true) return null;
        try
        {
            var document = Markdown.Parse(description, Pipeline);
            MakeSafe(document);
            return document.ToHtml(Pipeline);
        }
        catch (ArgumentException)
        {
            // Nested deeper than the parser goes.
            return null;
        }
    }

    private static void MakeSafe(MarkdownDocument document)
    {
        foreach (var heading in document.Descendants<HeadingBlock>()) heading.Level = Math.Min(heading.Level + HeadingsBelow, DeepestHeading);
        foreach (var code in document.Descendants<CodeBlock>()) code.GetAttributes().AddProperty("tabindex", "0");
        foreach (var link in document.Descendants<AutolinkInline>().Where(link => !link.IsEmail && !IsSafe(link.Url)).ToList())
            link.ReplaceBy(new LiteralInline(link.Url));
        foreach (var link in document.Descendants<LinkInline>().ToList()) MakeSafe(link);
    }

    private static void MakeSafe(LinkInline link)
    {
        var address = link.GetDynamicUrl?.Invoke() ?? link.Url;
        if (link.IsImage && link.FirstChild is null) link.AppendChild(new LiteralInline("picture"));
        if (!IsSafe(address) || link.IsImage && link.FindParentOfType<LinkInline>().Any(outer => outer != link))
        {
            // A part of the page, a file beside it in its repository, or no address: its text stays.
            link.ReplaceBy(new ContainerInline());
            return;
        }

        (link.Url, link.GetDynamicUrl, link.IsImage) = (address, null, false);
        link.GetAttributes().AddProperty("rel", "nofollow noopener noreferrer");
        link.GetAttributes().AddProperty("target", "_blank");
    }

    private static bool IsSafe(string? address) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && Schemes.Contains(uri.Scheme, StringComparer.Ordinal);
}
