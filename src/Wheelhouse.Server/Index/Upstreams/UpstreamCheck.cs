using Wheelhouse.Server.Hosting.Doctor;
using Wheelhouse.Server.Index.Upstreams.Asking;
using Wheelhouse.Server.Index.Upstreams.Settings;

namespace Wheelhouse.Server.Index.Upstreams;

/// <summary>Every upstream answers, and takes its credentials.</summary>
internal sealed class UpstreamCheck : IServerCheck
{
    /// <summary>Asked for, since most indexes have it; one that does not has it not, which is an answer as well.</summary>
    private const string Project = "pip";

    public string Name => "upstreams";

    public async Task<CheckResult> RunAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        var options = surroundings.Settings.Get<UpstreamsOptions>();
        if (options.Upstreams.Count == 0) return CheckResult.Skipped("None is set.");
        if (options.Offline) return CheckResult.Skipped("None is asked: index.offline is set.");
        var failures = (await Task.WhenAll(options.Upstreams.Select(upstream => FindFailureAsync(upstream, cancellationToken)))).OfType<string>().ToList();
        return failures.Count == 0
            ? CheckResult.Ok($"{string.Join(", ", options.Upstreams.Select(upstream => upstream.Name))} answer{(options.Upstreams.Count == 1 ? "s" : "")}.")
            : CheckResult.Failed(string.Join(' ', failures), "Check url, credentials and proxy; until then only what is kept is given out.");
    }

    private static async Task<string?> FindFailureAsync(UpstreamOptions options, CancellationToken token)
    {
        using var upstream = new Upstream(options, TimeProvider.System);
        try
        {
            await upstream.GetPageAsync(Project, known: null, token);
            return null;
        }
        catch (UpstreamException failure)
        {
            return failure.Message;
        }
    }
}
