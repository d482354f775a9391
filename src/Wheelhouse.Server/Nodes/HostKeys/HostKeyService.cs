using Wheelhouse.Contracts.Nodes;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Nodes.HostKeys;

/// <summary>Shows the host keys of an environment's nodes and jump hosts, and trusts those that a person has seen.</summary>
public sealed class HostKeyService(HostKeyScanner scanner, KnownHosts knownHosts, DatabaseWriter writer, AuditLog audit)
{
    /// <summary>The keys shown now, those of jump hosts first.</summary>
    public async Task<IReadOnlyList<HostKeyView>> ListAsync(EnvironmentNodes environment, CancellationToken cancellationToken) =>
        await Task.WhenAll(JumpHosts.Of(environment.Nodes).Concat(environment.Nodes).Select(node => scanner.ScanAsync(node, cancellationToken)));

    /// <summary>Trusts the keys that are shown now and whose fingerprints were given; all or none.</summary>
    /// <param name="environment">The nodes.</param>
    /// <param name="fingerprints">What the person saw.</param>
    /// <param name="by">Who.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The keys as they stand now.</returns>
    /// <exception cref="ApiException">A fingerprint is not shown by any node.</exception>
    public async Task<IReadOnlyList<HostKeyView>> TrustAsync(
        EnvironmentNodes environment, IReadOnlyList<string> fingerprints, string by, CancellationToken cancellationToken)
    {
        if (fingerprints.Count == 0) throw ApiExceptionFor("No fingerprint was given.");
        var shown = await ListAsync(environment, cancellationToken);
        var strangers = fingerprints.Except(shown.Select(key => key.Fingerprint), StringComparer.Ordinal).ToList();
        if (strangers.Count > 0)
            throw ApiExceptionFor($"No node of {environment.Home.Service} in {environment.Home.Environment} shows the host key {string.Join(", ", strangers)} now; nothing was trusted.");

        var chosen = shown.Where(key => key.Status is not "trusted" && key.Error is null && fingerprints.Contains(key.Fingerprint, StringComparer.Ordinal)).ToList();
        if (chosen.Count > 0)
        {
            // The record comes first: a trust that nobody can trace is worse than a trace of one that failed.
            await writer.WriteAsync(context =>
            {
                foreach (var key in chosen)
                    audit.Record(context, by, "host_key.trusted", $"{environment.Home.Service}/{environment.Home.Environment}/{key.Node}",
                        $"{key.Algorithm} {key.Fingerprint} of {key.Address} port {key.Port}, {(key.Status == "changed" ? "in place of another one" : "seen for the first time")}.");
            }, cancellationToken);
            await knownHosts.TrustAsync([.. chosen.Select(key => KnownHostLine.Parse(key.KnownHostsLine)).Distinct()], CancellationToken.None);
        }

        return [.. shown.Select(key => chosen.Contains(key) ? key with { Status = "trusted" } : key)];
    }

    private static ApiException ApiExceptionFor(string message) =>
        new(400, "invalid_request", message, "Look at the host keys again with `wheelhouse nodes trust` and compare the fingerprints.");
}
