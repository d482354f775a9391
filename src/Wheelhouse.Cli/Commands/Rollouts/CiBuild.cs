using System.Security.Cryptography;
using System.Text;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Cli.Commands.Rollouts;

/// <summary>
/// The CI job in which the command runs, its idempotency key and its page. The key comes from the build, not from the attempt, so that re-running a job follows the rollout
/// that its first run started instead of starting a second.
/// </summary>
internal static class CiBuild
{
    private const int Longest = 200;
    private const int Readable = 100;

    /// <summary>The key, or null outside of a known CI.</summary>
    /// <param name="host">The environment variables.</param>
    /// <param name="service">The service: one job may deploy several.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="request">What is asked for.</param>
    public static string? Key(CliHost host, string service, string environment, RolloutRequest request)
    {
        if (Build(host) is not { } build) return null;
        string[] parts = [build, request.Kind, service, environment, request.Version ?? "newest", .. request.Limit.Order(StringComparer.Ordinal)];
        var key = string.Join('/', parts.Select(Uri.EscapeDataString));
        if (key.Length <= Longest) return key;
        return $"{key[..Readable]}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))}"; // The server takes 200 characters
    }

    /// <summary>The address of the build's page, or null outside of a known CI.</summary>
    public static string? Page(CliHost host) =>
        host.Variable("GITHUB_RUN_ID") is { } run ? $"{host.Variable("GITHUB_SERVER_URL")}/{host.Variable("GITHUB_REPOSITORY")}/actions/runs/{run}"
        : host.Variable("CI_JOB_URL") ?? host.Variable("BUILDKITE_BUILD_URL") ?? host.Variable("BUILD_URL");

    private static string? Build(CliHost host)
    {
        if (host.Variable("GITHUB_RUN_ID") is { } run) return $"github {host.Variable("GITHUB_REPOSITORY")} {run} {host.Variable("GITHUB_JOB")}";
        if (host.Variable("CI_JOB_ID") is { } job) return $"gitlab {host.Variable("CI_PROJECT_PATH")} {host.Variable("CI_PIPELINE_ID") ?? job} {host.Variable("CI_JOB_NAME")}";
        if (host.Variable("BUILD_TAG") is { } tag) return $"jenkins {tag}";
        if (host.Variable("BUILDKITE_BUILD_ID") is { } build) return $"buildkite {build} {host.Variable("BUILDKITE_STEP_KEY")}";
        return null;
    }
}
