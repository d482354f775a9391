using System.Net;
using System.Security.Cryptography;

namespace Wheelhouse.Tests.Index.Upstreams;

/// <summary>A large file from a slow upstream is passed on while it comes, so that installers do not give up.</summary>
public sealed class ArrivingFileTests : IAsyncLifetime
{
    private static readonly byte[] Wheel = Archives.Zip(Archives.WheelFiles().Append(new("acme/data", Convert.ToHexString(RandomNumberGenerator.GetBytes(1 << 20)))));
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private OddUpstream _odd = null!;
    private IndexServer _cache = null!;
    private string _path = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _odd = await OddUpstream.StartAsync();
        _cache = await UpstreamPair.StartCacheAsync(options => options.Upstreams = [new() { Name = "odd", Url = $"{_odd.Url}/simple/" }]);
        _odd.List(Wheel);
        _path = await _cache.PathOfAsync("acme");
    }

    public async ValueTask DisposeAsync()
    {
        _goOn.TrySetResult();
        await _cache.DisposeAsync();
        await _odd.DisposeAsync();
    }

    [Fact]
    public async Task Its_beginning_comes_before_its_end_is_there()
    {
        SendInHalves(Wheel);
        var (one, other) = (await BeginAsync(), await BeginAsync());
        await using var body = await one.Content.ReadAsStreamAsync(Token);
        var half = new byte[Wheel.Length / 2];
        await body.ReadExactlyAsync(half, Token);
        using var head = await _cache.Http.SendAsync(new(HttpMethod.Head, _path), Token);
        Assert.Equal(Wheel.Length, head.Content.Headers.ContentLength);
        _goOn.SetResult();
        var rest = new MemoryStream();
        await body.CopyToAsync(rest, Token);
        Assert.Equal(Wheel, half.Concat(rest.ToArray()));
        Assert.Equal(Wheel, await other.Content.ReadAsByteArrayAsync(Token));
        Assert.Equal(Wheel, await _cache.ReadAsync(_path));
        Assert.Single(_odd.Requests, request => request == "/files/acme.whl");
    }

    [Fact]
    public async Task A_wrong_one_is_cut_off_before_its_end_and_not_kept()
    {
        byte[] wrong = [.. Wheel];
        wrong[^1]++;
        SendInHalves(wrong);
        var answer = await BeginAsync();
        _goOn.SetResult();
        await Assert.ThrowsAnyAsync<Exception>(() => answer.Content.ReadAsByteArrayAsync(Token));
        Assert.Empty(_cache.StoredFiles);
        _odd.List(Wheel);
        Assert.Equal(Wheel, await _cache.ReadAsync(_path));
    }

    private void SendInHalves(byte[] bytes) => _odd.Answers["/files/acme.whl"] = async http =>
    {
        await http.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), Token);
        await http.Response.Body.FlushAsync(Token);
        await _goOn.Task.WaitAsync(Token);
        await http.Response.Body.WriteAsync(bytes.AsMemory(bytes.Length / 2), Token);
    };

    private async Task<HttpResponseMessage> BeginAsync()
    {
        var answer = await _cache.Http.SendAsync(new(HttpMethod.Get, _path), HttpCompletionOption.ResponseHeadersRead, Token);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer;
    }
}
