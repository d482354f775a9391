using System.Globalization;
using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Python.Versions;
using Wheelhouse.Server.Delivery.Commits;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Tests.Delivery;

public sealed class CommitsCheckTests
{
    private static readonly DateTimeOffset At = new(2030, 2, 3, 14, 3, 9, TimeSpan.FromHours(1));

    public static TheoryData<string, ReleaseCommitsRequest> Wrong => new()
    {
        { "commit: It is not the hash", Said() with { Commit = "9fceb02" } },
        { "previous: 'first' is not a version", Said() with { Previous = "first" } },
        { "previous: A release does not come before itself", Said() with { Previous = "1.1.0" } },
        { "commits: There are 1001; at most 1000", Said([.. Enumerable.Range(0, 1001).Select(Commit)]) },
        { "commits: It is missing", Said() with { Commits = null! } },
        { "commits[1].sha: It is not the hash", Said(Commit(1), Commit(2) with { Sha = new string('g', 40) }) },
        { "commits[0].at: It is missing", Said(Commit(1) with { At = default }) },
        { "commits[0].subject: It is missing", Said(Commit(1) with { Subject = null! }) },
        { "commits[0].subject: It has 301 characters", Said(Commit(1) with { Subject = new string('x', 301) }) },
        { "commits[0].subject: It has control characters", Said(Commit(1) with { Subject = "red\e[31m" }) },
        { "commits[0].author: It has 201 characters", Said(Commit(1) with { Author = new string('x', 201) }) },
        { "commits[0].link: It is not an address of the web", Said(Commit(1) with { Link = "javascript:alert(1)" }) },
        { "commits[0].link: It is not an address of the web", Said(Commit(1) with { Link = "https://me:secret@git.example.org/x" }) },
        { "commits[0]: It is null", Said(null!, Commit(1)) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_named(string message, ReleaseCommitsRequest request)
    {
        var refusal = Assert.Throws<ApiException>(() => CommitsCheck.Normalize(request, PythonVersion.Parse("1.1")));
        Assert.Equal(400, refusal.Status);
        Assert.StartsWith(message, refusal.Message, StringComparison.Ordinal);
        Assert.Equal(message.Split(':')[0], refusal.Errors![0].Field);
        Assert.NotNull(refusal.Fix);
    }

    [Fact]
    public void Every_error_is_listed() =>
        Assert.Equal(
            ["commit", "commits[0].sha", "commits[0].subject"],
            Assert.Throws<ApiException>(() => CommitsCheck.Normalize(Said(Commit(1) with { Sha = "", Subject = null! }) with { Commit = "" }, PythonVersion.Parse("1.1"))).Errors!.Select(error => error.Field));

    [Fact]
    public void Hashes_versions_and_times_get_their_normal_form()
    {
        var said = CommitsCheck.Normalize(Said(Commit(10) with { Sha = new string('A', 64), Author = null, Link = null }) with { Previous = "1.0-rc.1" }, PythonVersion.Parse("1.1"));
        Assert.Equal((new string('a', 64), "1.0rc1", TimeSpan.Zero), (said.Commits[0].Sha, said.Previous, said.Commits[0].At.Offset));
    }

    private static ReleaseCommitsRequest Said(params IReadOnlyList<CommitView> commits) => new("9fceb02d0ae598e95dc970b74767f19372d61af8", commits);

    private static CommitView Commit(int number) => new(number.ToString("x40", CultureInfo.InvariantCulture), At, "Ada", "Round half to even", "https://git.example.org/acme/billing/commit/1");
}
