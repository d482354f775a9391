using System.Runtime.CompilerServices;
using Wheelhouse.Server.Index.Files;

namespace Wheelhouse.Server.Index.Maintenance.Verification;

/// <summary>Finds what lies in the store and belongs to no file of the index.</summary>
internal sealed class StoreCheck(IFileStore store, IndexRows rows, TimeProvider time)
{
    private const int Page = 500;

    /// <summary>Beside a running server: what is younger than this may belong to an upload that is not done.</summary>
    private static readonly TimeSpan Young = TimeSpan.FromMinutes(10);

    /// <summary>Finds all of it.</summary>
    /// <param name="isLive">Whether a server runs, and receives files meanwhile.</param>
    /// <param name="token">Ends the search.</param>
    public async IAsyncEnumerable<Finding> FindAsync(bool isLive, [EnumeratorCancellation] CancellationToken token)
    {
        var oldEnough = isLive ? time.GetUtcNow() - Young : DateTimeOffset.MaxValue;
        await foreach (var page in store.ListAsync(token).Where(file => file.ChangedAt <= oldEnough).Chunk(Page).WithCancellation(token))
        {
            var used = await rows.FindUsedAsync([.. page.Select(file => file.Name)], token);
            foreach (var file in page.Where(file => file.Kind is not StoredFileKind.Kept || !used.Contains(file.Name))) yield return Describe(file);
        }
    }

    private static Finding Describe(StoredFile file) => file.Kind switch
    {
        StoredFileKind.Unkept => new(FindingKinds.Leftover, file.Name, $"{file.Size} bytes of an upload that was never done: a server was killed meanwhile.", "Repair, or start the server: both remove it."),
        StoredFileKind.Foreign => new(FindingKinds.Foreign, file.Name, "Wheelhouse did not put it into the folder of its files.", "Move it elsewhere."),
        _ when file.Name.EndsWith(".metadata", StringComparison.Ordinal) => new(
            FindingKinds.Orphan, file.Name, $"{file.Size} bytes that an earlier version of the server kept beside a wheel; nothing reads them any more.", "Repair: it removes them."),
        _ => new(FindingKinds.Orphan, file.Name, $"{file.Size} bytes that no file of the index has.", "Repair: it removes them."),
    };
}
