using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Server.Index.Maintenance;
using Wheelhouse.Server.Index.Maintenance.Repair;
using Wheelhouse.Server.Index.Maintenance.Verification;
using Wheelhouse.Tests.Index.Upstreams;

namespace Wheelhouse.Tests.Index.Maintenance;

/// <summary>What is kept of upstreams is verified as what was uploaded is, and is no orphan.</summary>
public sealed class KeptFileVerificationTests : IAsyncLifetime
{
    private UpstreamPair _pair = null!;
    private string _file = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string Stored => Assert.Single(_pair.Cache.StoredFiles);

    public async ValueTask InitializeAsync()
    {
        _pair = await UpstreamPair.StartAsync();
        await _pair.PublishAsync();
        _file = await _pair.Cache.PathOfAsync("acme");
        await _pair.Cache.ReadAsync(_file);
    }

    public ValueTask DisposeAsync() => _pair.DisposeAsync();

    [Fact]
    public async Task A_kept_file_is_read_and_stays()
    {
        var report = await RepairAsync();
        Assert.Equal((1, 0), (report.Files, report.Findings.Count));
        Assert.NotEmpty(Stored);
    }

    [Theory]
    [InlineData(true, FindingKinds.Damaged)]
    [InlineData(false, FindingKinds.Missing)]
    public async Task One_whose_bytes_are_lost_is_forgotten_and_fetched_again(bool isDamaged, string kind)
    {
        if (isDamaged) await File.WriteAllTextAsync(Stored, "damaged", Token);
        else File.Delete(Stored);

        var finding = Assert.Single((await VerifyAsync()).Findings);
        Assert.Equal((kind, "origin", null, "acme"), (finding.Kind, finding.Upstream, finding.UploadedBy, finding.Project));
        Assert.Contains("fetched from the upstream origin", Assert.Single((await RepairAsync()).Findings).Done, StringComparison.Ordinal);
        Assert.Equal(0, (await VerifyAsync()).Files);

        Assert.NotEmpty(await _pair.Cache.ReadAsync(_file));
        var report = await VerifyAsync();
        Assert.Equal((1, 0), (report.Files, report.Findings.Count));
    }

    private Task<IndexReport> VerifyAsync() => _pair.Cache.Services.GetRequiredService<IndexVerifier>().VerifyAsync(isLive: false, new WorkProgress(), Token);

    private async Task<IndexReport> RepairAsync() =>
        await _pair.Cache.Services.GetRequiredService<IndexRepairer>().RepairAsync(await VerifyAsync(), from: null, "console/test", Token);
}
