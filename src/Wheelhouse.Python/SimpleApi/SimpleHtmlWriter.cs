using System.Net;

namespace Wheelhouse.Python.SimpleApi;

/// <summary>Writes pages of the simple API as HTML (PEP 503, 629, 658, 714, 792).</summary>
public static class SimpleHtmlWriter
{
    /// <summary>Writes a project's page.</summary>
    public static void Write(TextWriter output, SimpleProject page)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(page);
        Begin(output, $"Links for {page.Name}", page);
        foreach (var file in page.Files)
            Write(output, file);
        End(output);
    }

    /// <summary>Writes the page of all projects.</summary>
    public static void Write(TextWriter output, SimpleProjectList page)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(page);
        Begin(output, "Simple index", project: null);
        foreach (var name in page.Names)
        {
            output.Write("<a");
            WriteAttribute(output, "href", Names.ProjectName.Normalize(name) + "/");
            WriteTextAndEnd(output, name);
        }

        End(output);
    }

    private static void Write(TextWriter output, SimpleFile file)
    {
        output.Write("<a");
        WriteAttribute(output, "href", $"{file.Url}#sha256={file.Sha256}");
        if (file.RequiresPython is { } requiresPython)
            WriteAttribute(output, "data-requires-python", requiresPython);
        if (file.MetadataSha256 is { } sha256)
        {
            // The second spelling is for clients from before PEP 714, such as pip 23.0.
            WriteAttribute(output, "data-core-metadata", $"sha256={sha256}");
            WriteAttribute(output, "data-dist-info-metadata", $"sha256={sha256}");
        }

        if (file.Yanked is { } reason)
            WriteAttribute(output, "data-yanked", reason);
        WriteTextAndEnd(output, file.FileName);
    }

    private static void Begin(TextWriter output, string title, SimpleProject? project)
    {
        title = WebUtility.HtmlEncode(title);
        output.Write("<!DOCTYPE html>\n<html>\n<head>\n<meta charset=\"utf-8\">\n");
        WriteMeta(output, "repository-version", SimpleMediaTypes.ApiVersion);
        if (project is not null)
            WriteMeta(output, "project-status", project.Status);
        if (project?.StatusReason is { } reason)
            WriteMeta(output, "project-status-reason", reason);
        output.Write($"<title>{title}</title>\n</head>\n<body>\n<h1>{title}</h1>\n");
    }

    private static void WriteMeta(TextWriter output, string name, string content)
    {
        output.Write($"<meta name=\"pypi:{name}\"");
        WriteAttribute(output, "content", content);
        output.Write(">\n");
    }

    private static void End(TextWriter output) => output.Write("</body>\n</html>\n");

    private static void WriteAttribute(TextWriter output, string name, string value)
    {
        output.Write(' ');
        output.Write(name);
        output.Write("=\"");
        WebUtility.HtmlEncode(value, output);
        output.Write('"');
    }

    private static void WriteTextAndEnd(TextWriter output, string text)
    {
        output.Write('>');
        WebUtility.HtmlEncode(text, output);
        output.Write("</a><br>\n");
    }
}
