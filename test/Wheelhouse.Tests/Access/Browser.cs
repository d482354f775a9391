using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;

namespace Wheelhouse.Tests.Access;

/// <summary>What a browser does of itself: it keeps cookies and says where requests come from. It follows no redirect.</summary>
internal sealed partial class Browser : IDisposable
{
    public const string Password = "three words in a row";

    private readonly CookieContainer _cookies = new();
    private readonly HttpClient _http;

    public Browser(Uri server) => _http = new HttpClient(new SocketsHttpHandler { CookieContainer = _cookies, AllowAutoRedirect = false }) { BaseAddress = server };

    /// <summary>The session's secret; null when there is none.</summary>
    public string? Secret
    {
        get => _cookies.GetCookies(_http.BaseAddress!)["wheelhouse_session"]?.Value;
        set => _cookies.Add(_http.BaseAddress!, new Cookie("wheelhouse_session", value));
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    /// <summary>Sends a request as a page does; the value of <paramref name="site"/> is that of <c>Sec-Fetch-Site</c>, null for none.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? body = null, string? site = "same-origin", params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body };
        if (site is not null) request.Headers.Add("Sec-Fetch-Site", site);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await _http.SendAsync(request, Cancelled);
    }

    /// <summary>Opens a page.</summary>
    public Task<HttpResponseMessage> OpenAsync(string path) => SendAsync(HttpMethod.Get, path, null, "none", ("Accept", "text/html"));

    public async Task<int> StatusAsync(HttpMethod method, string path, object? json = null)
    {
        using var response = await SendAsync(method, path, json is null ? null : JsonContent.Create(json));
        return (int)response.StatusCode;
    }

    public Task<int> StatusAsync(string path) => StatusAsync(HttpMethod.Get, path);

    /// <summary>Opens the page of a form, fills the form in and sends it.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(string page, string action, params (string Name, string Value)[] fields)
    {
        using var opened = await OpenAsync(page);
        var proof = HiddenProof().Match(await opened.Content.ReadAsStringAsync(Cancelled)).Groups["value"].Value;
        return await SendAsync(HttpMethod.Post, action, Form([("__RequestVerificationToken", proof), .. fields]));
    }

    public Task<HttpResponseMessage> SignInAsync(string name, string password = Password, string path = "/") =>
        SubmitAsync("/sign-in", "/sign-in", ("name", name), ("password", password), ("return", path));

    public static FormUrlEncodedContent Form(params IEnumerable<(string Name, string Value)> fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<value>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex HiddenProof();
}
