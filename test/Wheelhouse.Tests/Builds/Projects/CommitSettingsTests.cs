using Wheelhouse.Server.Builds;
using Wheelhouse.Server.Builds.Projects;

namespace Wheelhouse.Tests.Builds.Projects;

public sealed class CommitSettingsTests
{
    [Fact]
    public void They_are_read_and_nothing_is_said_without_them()
    {
        var settings = CommitSettings.Read("[project]\nname = 'acme'\n[tool.wheelhouse]\ntest = 'tox'\nversion = 'tags'\nbranches = ['main', 'release/*']\n");
        Assert.Equal(("tox", VersionSource.Tags), (settings.Test, settings.Version!.Value));
        Assert.True(settings.Refs.Fits("refs/heads/release/1"));
        Assert.Equal(CommitSettings.None, CommitSettings.Read("[project]\nname = 'acme'\n"));
        Assert.Equal(CommitSettings.None, CommitSettings.Read(null));
    }

    [Theory]
    [InlineData("[tool.wheelhouse]\ntset = 'tox'", "line 2, [tool.wheelhouse]: 'tset' is not a known key.", "Did you mean 'test'?")]
    [InlineData("\n[tool.wheelhouse]\ntest = 3", "line 3, [tool.wheelhouse]: 'test' must be text.", "Write test = \"pytest -q\".")]
    [InlineData("[tool.wheelhouse]\nnetwork = 'all'", "line 2, [tool.wheelhouse]: 'network' cannot be set in the repository", "Set it in the project's document on the server.")]
    [InlineData("[tool.wheelhouse]\nversion = 'git'", "line 2, [tool.wheelhouse]: 'version' must be \"project\" or \"tags\".", "Write version = \"tags\".")]
    [InlineData("[tool.wheelhouse]\nbranches = 'main'", "line 2, [tool.wheelhouse]: 'branches' must be a list of texts.", "Write branches = [\"main\"].")]
    [InlineData("[tool.wheelhouse", "is not TOML: line 1", "Correct it.")]
    public void A_mistake_names_its_key_and_line(string text, string message, string fix)
    {
        var failure = Assert.Throws<BuildFault>(() => CommitSettings.Read(text)).Failure;
        Assert.Equal("bad_settings", failure.Code);
        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Equal(fix, failure.Fix);
    }
}
