using System.Net.Http.Json;
using System.Text;
using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Tests.Index.Rejections;

/// <summary>Every upload that is refused, and the page that says so: WHEELHOUSE_WRITE_DOCS=1 writes it anew.</summary>
public sealed class RejectionTests(RejectionTests.OneServer one) : IClassFixture<RejectionTests.OneServer>
{
    private const string Begin = "<!-- What follows is made by RejectionTests: see make docs. -->\n";

    private static readonly Dictionary<string, Rejection> All =
        FormRejections.All.Concat(ArchiveRejections.All).Concat(ContentRejections.All).ToDictionary(rejection => $"{rejection.Group}: {rejection.What}", StringComparer.Ordinal);

    private static string PagePath => Path.Combine(Repository.Root, "docs", "reference", "uploads.md");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Names() => [.. All.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task It_is_refused_with_a_reason_and_leaves_nothing(string name)
    {
        var rejection = All[name];
        var (response, problem) = await UploadAsync(rejection);
        Assert.Equal((rejection.Status, rejection.Status, rejection.Code), ((int)response.StatusCode, problem.Status, problem.Code));
        Assert.True(rejection.Fits(problem.Detail), problem.Detail);
        Assert.NotEmpty(problem.Fix!);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith(problem.Detail![..Math.Min(20, problem.Detail!.Length)], response.ReasonPhrase, StringComparison.Ordinal);
        Assert.EndsWith(problem.Fix, response.ReasonPhrase, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_reference_shows_all_of_them()
    {
        var table = new StringBuilder();
        foreach (var group in All.Values.GroupBy(rejection => rejection.Group))
        {
            table.Append($"\n## {group.Key}\n\n| what is wrong | status | code | message | what to do |\n|---|---|---|---|---|\n");
            foreach (var rejection in group)
                table.Append($"| {rejection.What} | {rejection.Status} | `{rejection.Code}` | {Escape(rejection.Message)} | {Escape((await UploadAsync(rejection)).Problem.Fix!)} |\n");
        }

        var page = await File.ReadAllTextAsync(PagePath, Token);
        var expected = page[..(page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length)] + table;
        if (Environment.GetEnvironmentVariable("WHEELHOUSE_WRITE_DOCS") is "1")
            await File.WriteAllTextAsync(PagePath, expected, Token);
        else
            Assert.True(string.Equals(expected, page, StringComparison.Ordinal), $"{PagePath} is out of date: run make docs.");
    }

    private async Task<(HttpResponseMessage Response, ApiProblem Problem)> UploadAsync(Rejection rejection)
    {
        await using var own = rejection.Settings is null ? null : await IndexServer.StartAsync(rejection.Settings);
        var server = own ?? one.Server;
        await one.BeforeAsync(rejection);
        var before = server.StoredFiles.Order(StringComparer.Ordinal).ToList();
        var response = await server.UploadAsync(rejection.FileName, rejection.Bytes(), rejection.Form);
        var problem = await response.Content.ReadFromJsonAsync<ApiProblem>(Token);
        Assert.Equal(before, server.StoredFiles.Order(StringComparer.Ordinal));
        return (response, problem!);
    }

    private static string Escape(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);

    /// <summary>The server of all tests here, and what was done to it before.</summary>
    public sealed class OneServer : IAsyncLifetime
    {
        private readonly HashSet<Rejection> _prepared = [];

        public IndexServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await IndexServer.StartAsync(options => options.MaxFileMib = 1);

        public ValueTask DisposeAsync() => Server.DisposeAsync();

        internal async Task BeforeAsync(Rejection rejection)
        {
            if (rejection.Before is not null && _prepared.Add(rejection))
                await rejection.Before(Server);
        }
    }
}
