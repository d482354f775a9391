using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Wheelhouse.EndToEnd.Harness.Chromium))]

namespace Wheelhouse.EndToEnd.Harness;

/// <summary>Debian's chromium without a window: started by the first test that looks at a page, ended after the last.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private const string Program = "/usr/bin/chromium";

    /// <summary>How long a page may take to show something, in milliseconds: the machine may be busy with other tests.</summary>
    private const float Patience = 60_000;

    private readonly SemaphoreSlim _gate = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Opens a browser of somebody's own: nothing is shared with others, not even the sign-in.</summary>
    /// <param name="server">Whose pages are looked at.</param>
    /// <param name="width">How wide the window is, in pixels.</param>
    /// <param name="theme">What the operating system says about colours.</param>
    public async Task<Visitor> OpenAsync(ServerProcess server, int width = 1360, ColorScheme theme = ColorScheme.Light)
    {
        var browser = await StartedAsync();
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = server.Url.ToString(),
            ColorScheme = theme,
            ViewportSize = new() { Width = width, Height = 900 },
        });
        context.SetDefaultTimeout(Patience);
        return new Visitor(server, context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        _gate.Dispose();
    }

    private async Task<IBrowser> StartedAsync()
    {
        await _gate.WaitAsync();
        try
        {
            if (_browser is not null) return _browser;
            Assertions.SetDefaultExpectTimeout(Patience);
            _playwright = await Playwright.CreateAsync();
            // Chromium's sandbox does not work for root.
            return _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, ChromiumSandbox = !Environment.IsPrivilegedProcess });
        }
        finally
        {
            _gate.Release();
        }
    }
}
