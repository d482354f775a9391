using Wheelhouse.Python.Versions;
using Wheelhouse.Server.Builds;
using Wheelhouse.Server.Builds.Versions;

namespace Wheelhouse.Tests.Builds.Versions;

public sealed class BuildVersionTests
{
    private const string Commit = "3f2a1c9000000000000000000000000000000000";

    [Theory]
    [InlineData("refs/heads/main", "1.4.0", 12, "1.4.1.dev12+g3f2a1c9")]
    [InlineData("refs/heads/main", "1.4", 0, "1.5.dev0+g3f2a1c9")]
    [InlineData("refs/heads/main", "2.0rc1", 3, "2.0rc2.dev3+g3f2a1c9")]
    [InlineData("refs/heads/main", "1.0.post1", 3, "1.0.post2.dev3+g3f2a1c9")]
    [InlineData("refs/heads/main", "1.4.0.dev3", 2, "1.4.0.dev2+g3f2a1c9")]
    [InlineData("refs/heads/main", null, 40, "0.0.dev40+g3f2a1c9")]
    [InlineData("3f2a1c9000000000000000000000000000000000", "1.9", 1, "1.10.dev1+g3f2a1c9")]
    [InlineData("refs/tags/v1.4.0", "1.3.9", 7, "1.4.0")]
    [InlineData("refs/tags/1.5.0rc1", null, 7, "1.5.0rc1")]
    public void It_follows_from_the_tags(string reference, string? last, int distance, string version) =>
        Assert.Equal(version, BuildVersion.Decide(reference, Commit, last is null ? null : PythonVersion.Parse(last), distance).ToString());

    [Theory]
    [InlineData("refs/tags/nightly")]
    [InlineData("refs/tags/v1.0+corp.1")]
    public void A_tag_that_is_no_version_is_refused(string tag) =>
        Assert.Equal("tag_not_version", Assert.Throws<BuildFault>(() => BuildVersion.Decide(tag, Commit, last: null, 0)).Failure.Code);
}
