using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Maintenance;

/// <summary>Reads all rows of the index, however many, a page at a time: a read that takes hours would keep a running server's log from being folded in.</summary>
internal sealed class IndexRows(IDbContextFactory<WheelhouseContext> contexts)
{
    private const int Page = 500;

    /// <summary>How many files there are, and how many bytes they have together.</summary>
    public async Task<(long Files, long Bytes)> CountAsync(CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        return (await context.Set<FileRow>().LongCountAsync(token), await context.Set<FileRow>().SumAsync(file => file.Size, token));
    }

    /// <summary>All files with their projects, in the order in which they joined the index.</summary>
    public async IAsyncEnumerable<FileRow> ReadFilesAsync([EnumeratorCancellation] CancellationToken token)
    {
        for (long last = 0; ;)
        {
            await using var context = await contexts.CreateDbContextAsync(token);
            var page = await context.Set<FileRow>().AsNoTracking().Include(file => file.Project).Where(file => file.Id > last).OrderBy(file => file.Id).Take(Page).ToListAsync(token);
            foreach (var file in page) yield return file;
            if (page.Count < Page) yield break;
            last = page[^1].Id;
        }
    }

    /// <summary>Whether a file is on the index, with these bytes.</summary>
    public async Task<bool> HasAsync(FileRow row, CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        return await context.Set<FileRow>().AnyAsync(file => file.Id == row.Id && file.Sha256 == row.Sha256, token);
    }

    /// <summary>Which of some bytes a file of the index has.</summary>
    public async Task<HashSet<string>> FindUsedAsync(IReadOnlyCollection<string> sha256s, CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        return [.. await context.Set<FileRow>().Where(file => sha256s.Contains(file.Sha256)).Select(file => file.Sha256).ToListAsync(token)];
    }
}
