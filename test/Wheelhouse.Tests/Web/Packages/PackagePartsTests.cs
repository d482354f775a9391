using Wheelhouse.Contracts.Index;
using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Web.Packages;

namespace Wheelhouse.Tests.Web.Packages;

public sealed class PackagePartsTests
{
    [Theory]
    [InlineData("https://wheels.example", "pip install --index-url https://wheels.example/simple/ acme")]
    [InlineData("http://127.0.0.1:8080", "pip install --index-url http://127.0.0.1:8080/simple/ acme")]
    [InlineData("http://wheels.example:8080", "pip install --trusted-host wheels.example --index-url http://wheels.example:8080/simple/ acme")]
    public void Pip_is_told_what_it_needs(string address, string expected) => Assert.Equal(expected, new IndexCommands(address).Install("acme"));

    [Fact]
    public void Twine_is_given_the_servers_address() =>
        Assert.Equal("twine upload --repository-url https://wheels.example/legacy/ dist/*", new IndexCommands("https://wheels.example").Twine);

    [Theory]
    [InlineData(0, "0 B")]
    [InlineData(1023, "1023 B")]
    [InlineData(1024, "1.0 KiB")]
    [InlineData(12_600, "12.3 KiB")]
    [InlineData(1L << 32, "4.0 GiB")]
    public void Sizes_are_short(long bytes, string expected) => Assert.Equal(expected, FileSize.Text(bytes));

    [Fact]
    public void It_is_said_where_a_project_comes_from()
    {
        Assert.Equal("It was uploaded here, so no upstream is asked for it.", ProjectOriginText.Of(new(ProjectOrigins.Local)));
        var shadowing = ProjectOriginText.Of(new(ProjectOrigins.Local) { Upstream = "pypi", Rule = "acme-*" });
        Assert.EndsWith("The upstream pypi has, or had, a project of this name too; nobody gets files of that. The name is reserved (acme-*).", shadowing, StringComparison.Ordinal);
        Assert.StartsWith("It comes from the upstream pypi.", ProjectOriginText.Of(new(ProjectOrigins.Upstream) { Upstream = "pypi" }), StringComparison.Ordinal);
        Assert.Contains("reserved (acme-*)", ProjectOriginText.Of(new(ProjectOrigins.Reserved) { Rule = "acme-*" }), StringComparison.Ordinal);
        Assert.Contains("blocklist (evil)", ProjectOriginText.Of(new(ProjectOrigins.Blocked) { Rule = "evil" }), StringComparison.Ordinal);
    }

    [Fact]
    public void A_release_runs_where_nodes_say_so()
    {
        ServiceView[] services =
        [
            new("billing", "Acme_Billing[gunicorn]", 1, [Environment("production", "1.0", "1.1", "1.1", null), Environment("staging")]),
            new("shop", "acme-shop", 1, [Environment("production", "1.1")]),
            new("broken", "", 1, []),
        ];
        Assert.Equal(
            [new RunningRelease("1.1", "billing", "production", 2, 4), new RunningRelease("1.0", "billing", "production", 1, 4)],
            RunningRelease.Of("acme-billing", services));
    }

    [Theory]
    [InlineData("1.0", "1.0.0", true)]
    [InlineData("1.0", "1.0+corp.1", false)]
    [InlineData("odd", "odd", true)]
    public void Versions_are_the_same_however_they_are_written(string running, string version, bool expected) =>
        Assert.Equal(expected, new RunningRelease(running, "billing", "production", 1, 1).IsOf(version));

    private static EnvironmentView Environment(string name, params string?[] versions) => new(
        name, "1.1", null, null, null, null, 0, [.. versions.Select((version, i) => new NodeStateView($"app{i}", "app", version, "good", null, null, []))]);
}
