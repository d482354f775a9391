using Wheelhouse.Python.Metadata;
using Wheelhouse.Server.Index.Projects;

namespace Wheelhouse.Tests.Index;

public sealed class ReleaseAboutTests
{
    [Fact]
    public void People_see_what_a_release_says()
    {
        var about = Of("""
            Summary: Sends bills
            Author-email: Ann <ann@acme.example>
            License: MIT
             and more lines
            Requires-Python: >=3.9
            Home-page: https://acme.example
            Project-URL: Source, https://acme.example/source
            Project-URL: Trap, javascript:alert(1)
            Requires-Dist: Gunicorn (>=20)
            Requires-Dist: gevent; extra == "gevent"
            """, "Line one");
        Assert.Equal(("Sends bills", ">=3.9", "Ann <ann@acme.example>", "MIT", "Line one"), (about.Summary, about.RequiresPython, about.Author, about.License, about.Description));
        Assert.Equal([new ReleaseLink("Home page", "https://acme.example"), new ReleaseLink("Source", "https://acme.example/source")], about.Links);
        Assert.Equal([new ReleaseDependency("gunicorn", "Gunicorn>=20", false), new ReleaseDependency("gevent", "gevent; extra == \"gevent\"", true)], about.Dependencies);
    }

    [Fact]
    public void A_very_long_description_is_cut() => Assert.Equal((64 * 1024) + 2, Of("Summary: x", new string('a', 100_000)).Description!.Length);

    private static ReleaseAbout Of(string fields, string description) =>
        ReleaseAbout.Of(CoreMetadata.Parse($"Metadata-Version: 2.1\nName: acme\nVersion: 1.0\n{fields}\n\n{description}"));
}
