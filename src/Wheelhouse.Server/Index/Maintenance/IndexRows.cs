using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Wheelhouse.Server.Index.Upstreams.Kept;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Maintenance;

/// <summary>Reads all rows of the index, however many, a page at a time: a read that takes hours would keep a running server's log from being folded in.</summary>
internal sealed class IndexRows(IDbContextFactory<WheelhouseContext> contexts)
{
    private const int Page = 500;

    /// <summary>How many files were uploaded, and how many bytes they have together.</summary>
    public async Task<(long Files, long Bytes)> CountUploadedAsync(CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        return (await context.Set<FileRow>().LongCountAsync(token), await context.Set<FileRow>().SumAsync(file => file.Size, token));
    }

    /// <summary>How many files there are, with those of upstreams, and how many bytes they have together.</summary>
    public async Task<(long Files, long Bytes)> CountAsync(CancellationToken token)
    {
        var (files, bytes) = await CountUploadedAsync(token);
        await using var context = await contexts.CreateDbContextAsync(token);
        return (files + await context.Set<KeptFileRow>().LongCountAsync(token), bytes + await context.Set<KeptFileRow>().SumAsync(file => file.Size, token));
    }

    /// <summary>All files that were uploaded, with their projects, in the order in which they joined the index.</summary>
    public IAsyncEnumerable<FileRow> ReadUploadedAsync(CancellationToken token) =>
        ReadAsync<FileRow>((rows, last) => rows.Include(file => file.Project).Where(file => file.Id > last).OrderBy(file => file.Id), file => file.Id, token);

    /// <summary>All files, with those of upstreams.</summary>
    public IAsyncEnumerable<IndexedFile> ReadAsync(CancellationToken token) => ReadUploadedAsync(token).Select(IndexedFile.Of).Concat(
        ReadAsync<KeptFileRow>((rows, last) => rows.Where(file => file.Id > last).OrderBy(file => file.Id), file => file.Id, token).Select(IndexedFile.Of));

    /// <summary>Whether a file is on the index, with these bytes.</summary>
    public async Task<bool> HasAsync(string name, string sha256, CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        return await context.Set<FileRow>().AnyAsync(file => file.FileName == name && file.Sha256 == sha256, token)
            || await context.Set<KeptFileRow>().AnyAsync(file => file.FileName == name && file.Sha256 == sha256, token);
    }

    /// <summary>Which of some bytes a file of the index has.</summary>
    public async Task<HashSet<string>> FindUsedAsync(IReadOnlyCollection<string> sha256s, CancellationToken token)
    {
        await using var context = await contexts.CreateDbContextAsync(token);
        var uploaded = context.Set<FileRow>().Where(file => sha256s.Contains(file.Sha256)).Select(file => file.Sha256);
        return [.. await uploaded.Concat(context.Set<KeptFileRow>().Where(file => sha256s.Contains(file.Sha256)).Select(file => file.Sha256)).ToListAsync(token)];
    }

    private async IAsyncEnumerable<T> ReadAsync<T>(Func<IQueryable<T>, long, IQueryable<T>> pageAfter, Func<T, long> idOf, [EnumeratorCancellation] CancellationToken token)
        where T : class
    {
        for (long last = 0; ;)
        {
            await using var context = await contexts.CreateDbContextAsync(token);
            var page = await pageAfter(context.Set<T>().AsNoTracking(), last).Take(Page).ToListAsync(token);
            foreach (var row in page) yield return row;
            if (page.Count < Page) yield break;
            last = idOf(page[^1]);
        }
    }
}
