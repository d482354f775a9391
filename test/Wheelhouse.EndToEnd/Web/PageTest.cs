using Microsoft.Playwright;
using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd.Web;

/// <summary>A test that looks at pages. When it fails, what it saw last is in <c>artifacts/test/</c>.</summary>
public abstract class PageTest(Chromium chromium) : IAsyncDisposable
{
    private readonly List<Visitor> _visitors = [];

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Opens a browser that is signed in as nobody.</summary>
    protected async Task<Visitor> OpenAsync(ServerProcess server, int width = 1360, ColorScheme theme = ColorScheme.Light)
    {
        var visitor = await chromium.OpenAsync(server, width, theme);
        _visitors.Add(visitor);
        return visitor;
    }

    /// <summary>Opens a browser that is signed in with a token, the admin's when nothing else is said, on a page.</summary>
    protected async Task<Visitor> OpenAsync(ServerProcess server, string path, string token = ServerProcess.AdminToken)
    {
        var visitor = await OpenAsync(server);
        await visitor.SignInByLinkAsync(token);
        await visitor.GoAsync(path);
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        var hasFailed = TestContext.Current.TestState?.Result == TestResult.Failed;
        foreach (var (i, visitor) in _visitors.Index())
        {
            if (hasFailed) await KeepAsync(visitor, i);
            await visitor.DisposeAsync();
        }

        GC.SuppressFinalize(this);
    }

    private static async Task KeepAsync(Visitor visitor, int number)
    {
        var name = $"{TestContext.Current.TestClass?.TestClassSimpleName}.{TestContext.Current.TestMethod?.MethodName}-{number + 1}.png";
        await visitor.Page.ScreenshotAsync(new() { FullPage = true, Path = Path.Combine(Repository.Root, "artifacts", "test", name) });
        foreach (var complaint in visitor.Complaints) TestContext.Current.TestOutputHelper?.WriteLine($"browser {number + 1}: {complaint}");
    }
}
