using Wheelhouse.Server.Builds.Projects;
using Wheelhouse.Server.Builds.Sources;
using Wheelhouse.Server.Web.Builds;
using Wheelhouse.Server.Web.Documents;

namespace Wheelhouse.Tests.Web.Builds;

public sealed class BuildProjectTemplateTests
{
    [Fact]
    public void Each_place_to_fill_in_is_reported_and_the_rest_is_valid()
    {
        Assert.Equal(2, Placeholders.Find(BuildProjectTemplate.Text, BuildProjectTemplate.Places).Count());
        var filled = BuildProjectTemplate.Text.Replace("# ", "", StringComparison.Ordinal).Replace("<name>", "acme", StringComparison.Ordinal)
            .Replace("<url>", "https://gitlab.example/acme/acme.git", StringComparison.Ordinal).Replace("<secret>", "token", StringComparison.Ordinal);
        var lines = filled.Split('\n').Select(line => System.Text.RegularExpressions.Regex.Replace(line, " {2,}[^ ].*$", "", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));
        var parsed = new BuildProjectParser(new GitOptions()).Parse(string.Join('\n', lines));
        Assert.Empty(parsed.Errors);
        Assert.Equal("acme", parsed.Projects[0].Document.Name);
    }
}
