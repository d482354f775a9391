using Wheelhouse.Server.Nodes.OpenSsh;

namespace Wheelhouse.Server.Nodes.HostKeys;

/// <summary>The host keys that people trusted through Wheelhouse: the file <c>known_hosts</c> in the data directory, which people may edit too.</summary>
public sealed class KnownHosts(OpenSshFiles files) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1, 1);

    /// <summary>Adds lines; each replaces the lines for the same host. Readers see the old file or the new one, never a part.</summary>
    public async Task TrustAsync(IReadOnlyList<KnownHostLine> lines, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            var hosts = lines.Select(line => line.Host).ToHashSet(StringComparer.Ordinal);
            var kept = (await File.ReadAllLinesAsync(files.KnownHosts, cancellationToken)).Where(line => !hosts.Contains(line.Split(' ', 2)[0]));
            var text = string.Concat(kept.Concat(lines.Select(line => line.Text)).Select(line => line + "\n"));

            var temporary = $"{files.KnownHosts}.{Guid.NewGuid():N}";
            await using (var file = new StreamWriter(temporary))
            {
                await file.WriteAsync(text.AsMemory(), cancellationToken);
                await file.FlushAsync(cancellationToken);
                ((FileStream)file.BaseStream).Flush(flushToDisk: true);
            }

            File.Move(temporary, files.KnownHosts, overwrite: true);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writing.Dispose();
}
