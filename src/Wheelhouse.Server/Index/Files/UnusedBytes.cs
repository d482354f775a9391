using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Index.Upstreams.Kept;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Files;

/// <summary>Removes bytes from the store that no file of the index has, nor one of an upstream that is kept. Call it in the turn on these bytes; see <see cref="StoreTurns"/>.</summary>
internal sealed class UnusedBytes(IFileStore store, IDbContextFactory<WheelhouseContext> contexts)
{
    /// <summary>Removes bytes, unless a file of the index has them.</summary>
    /// <param name="sha256">Their hash.</param>
    /// <param name="token">Ends the work; the bytes may be there or not then.</param>
    public async Task RemoveAsync(string sha256, CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        if (await context.Set<FileRow>().AnyAsync(file => file.Sha256 == sha256, token)) return;
        if (!await context.Set<KeptFileRow>().AnyAsync(file => file.Sha256 == sha256, token)) await store.DeleteAsync(sha256, token);
    }
}
