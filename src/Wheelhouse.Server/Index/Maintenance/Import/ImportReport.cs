using System.Collections.Concurrent;

namespace Wheelhouse.Server.Index.Maintenance.Import;

/// <summary>What came of an import; filled on any thread.</summary>
internal sealed class ImportReport
{
    private readonly ConcurrentBag<RefusedFile> _refused = [];
    private int _imported;
    private int _present;
    private long _bytes;

    /// <summary>How many files joined the index.</summary>
    public int Imported => _imported;

    /// <summary>How many bytes they have.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>How many were on the index already, with the same bytes.</summary>
    public int Present => _present;

    /// <summary>How many names of deleted files joined the ledger.</summary>
    public int Deleted { get; set; }

    /// <summary>How many projects took over their status.</summary>
    public int Statuses { get; set; }

    /// <summary>What was not taken, by path.</summary>
    public IReadOnlyList<RefusedFile> Refused => [.. _refused.OrderBy(file => file.Path, StringComparer.Ordinal)];

    public void AddImported(long bytes)
    {
        Interlocked.Increment(ref _imported);
        Interlocked.Add(ref _bytes, bytes);
    }

    public void AddPresent() => Interlocked.Increment(ref _present);

    public void AddRefused(RefusedFile file) => _refused.Add(file);
}

/// <summary>A file that was not taken.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Code">What kind of reason, as for an upload.</param>
/// <param name="Message">Why, in a sentence.</param>
/// <param name="Fix">What to do about it, in a sentence.</param>
internal sealed record RefusedFile(string Path, string Code, string Message, string Fix);
