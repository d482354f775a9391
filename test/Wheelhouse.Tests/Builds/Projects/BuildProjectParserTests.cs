using Wheelhouse.Server.Builds.Projects;
using Wheelhouse.Server.Builds.Sources;

namespace Wheelhouse.Tests.Builds.Projects;

public sealed class BuildProjectParserTests
{
    private const string Least = "project: Acme.Billing\nrepository: https://git.example/acme/billing.git\n";

    private readonly BuildProjectParser _parser = new(new GitOptions());

    [Fact]
    public void A_project_needs_a_name_and_a_repository_only()
    {
        var project = Assert.Single(_parser.Parse(Least).Projects).Document;
        Assert.Equal(("acme-billing", "", 1), (project.Name, project.Folder, project.Parallel));
        Assert.Equal((null, VersionSource.Project, false), (project.Test, project.Version, project.HasNetwork));
        Assert.True(project.Refs.Fits("refs/heads/main"));
        Assert.True(project.Refs.Fits("refs/tags/v1.2.3"));
        Assert.False(project.Refs.Fits("refs/heads/feature"));
        Assert.False(project.Refs.Fits("refs/tags/nightly"));
        Assert.False(project.Refs.Fits("refs/pull/1/head"));
    }

    [Fact]
    public void Everything_can_be_said()
    {
        var project = Assert.Single(_parser.Parse(Least + """
            credentials: secret:token
            webhook: secret:hook
            branches: [main, "release/*"]
            tags: ["v*"]
            test: ""
            folder: services/billing/
            version: tags
            network: all
            limits: { time: 10m, memory: 512MiB, disk: 1.5GiB, processes: 64 }
            parallel: 3
            poll: 5m
            """).Projects).Document;
        Assert.Equal(("", "services/billing", VersionSource.Tags, true), (project.Test, project.Folder, project.Version, project.HasNetwork));
        Assert.Equal((TimeSpan.FromMinutes(10), 512L << 20, (3L << 30) / 2, 64), (project.Limits.Time, project.Limits.Memory, project.Limits.Disk, project.Limits.Processes));
        Assert.Equal(["token", "hook"], project.Secrets);
        Assert.True(project.Refs.Fits("refs/heads/release/1.4"));
    }

    [Theory]
    [InlineData("repository: ext::sh -c id", "repository", 2)]
    [InlineData("repository: https://ann:pw@git.example/x.git", "repository", 2)]
    [InlineData("repository: file:///srv/git/x.git", "repository", 2)]
    [InlineData("repository: https://git.example/x.git\ncredentials: hunter2", "credentials", 3)]
    [InlineData("repository: https://git.example/x.git\nfolder: ../other", "folder", 3)]
    [InlineData("repository: https://git.example/x.git\nnetwork: some", "network", 3)]
    [InlineData("repository: https://git.example/x.git\npoll: 1s", "poll", 3)]
    [InlineData("repository: https://git.example/x.git\nlimits: { memory: lots }", "limits.memory", 3)]
    [InlineData("repository: https://git.example/x.git\nbranch: main", "branch", 3)]
    public void A_mistake_is_told_with_its_field_and_line(string rest, string field, int line)
    {
        var error = Assert.Single(_parser.Parse("project: acme\n" + rest).Errors);
        Assert.Equal((field, line), (error.Field, error.Line));
        Assert.DoesNotContain("hunter2", error.Message, StringComparison.Ordinal);
    }
}
