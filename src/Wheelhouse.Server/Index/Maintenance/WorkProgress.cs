namespace Wheelhouse.Server.Index.Maintenance;

/// <summary>How far a long piece of work is: counted by those who work, on any thread, and read by those who show it.</summary>
internal sealed class WorkProgress
{
    private long _files;
    private long _bytes;

    /// <summary>How many files there are to work on; 0 while that is not known.</summary>
    public long AllFiles { get; private set; }

    /// <summary>How many bytes they have together.</summary>
    public long AllBytes { get; private set; }

    public long Files => Interlocked.Read(ref _files);

    public long Bytes => Interlocked.Read(ref _bytes);

    public void Expect(long files, long bytes) => (AllFiles, AllBytes) = (files, bytes);

    public void AddFile() => Interlocked.Increment(ref _files);

    public void AddBytes(long bytes) => Interlocked.Add(ref _bytes, bytes);
}
