using Wheelhouse.Contracts.Rollouts;
using Wheelhouse.Server.Rollouts;
using Wheelhouse.Server.Rollouts.Locks;

namespace Wheelhouse.Tests.Rollouts;

public sealed class RolloutComparerTests
{
    [Fact]
    public void Packages_that_were_added_removed_and_changed_are_named_in_order() => Assert.Equal(
        [new PackageChange("acme", "1.0", "1.1"), new PackageChange("new", null, "1"), new PackageChange("old", "1", null)],
        LockedPackage.Changes([Package("old", "1"), Package("acme", "1.0"), Package("same", "2")], [Package("same", "2"), Package("new", "1"), Package("acme", "1.1")]));

    [Fact]
    public void Kinds_of_python_that_change_alike_are_told_together()
    {
        var merged = RolloutComparer.Merge(
        [
            Of("3.11", "1.0-a", "1.1-a", new PackageChange("acme", "1.0", "1.1")), Of("3.12", "1.0-b", "1.1-b", new PackageChange("acme", "1.0", "1.1")),
            Of("3.8", "1.0-c", "1.1-c", new PackageChange("acme", "1.0", "1.1"), new PackageChange("typing", null, "4")),
            Of("3.13", null, "1.1-d", new PackageChange("acme", null, "1.1")), Of("3.9", null, "1.1-e", new PackageChange("acme", null, "1.1")),
            new ReleaseChanges(["3.10"], "1.0-f", "1.1-f", null), new ReleaseChanges(["3.7"], "1.0-g", "1.1-g", null),
        ]);
        Assert.Equal(["3.11 3.12", "3.8", "3.13 3.9", "3.10 3.7"], merged.Select(release => string.Join(' ', release.Fingerprints)));
    }

    private static ReleaseChanges Of(string fingerprint, string? from, string? to, params PackageChange[] changes) => new([fingerprint], from, to, changes);

    private static LockedPackage Package(string name, string version) => new(name, version, $"{name}-{version}-py3-none-any.whl", "");
}
