using System.Text;
using Wheelhouse.Server.Index.Files;

namespace Wheelhouse.Tests.Index;

/// <summary>What every <see cref="IFileStore"/> must do. A new store's test class inherits from this.</summary>
public abstract class FileStoreContract
{
    private const string Name = "ab12cd.metadata";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The store under test.</summary>
    protected abstract IFileStore Store { get; }

    /// <summary>Everything that the store holds, also what nobody can open.</summary>
    protected abstract IReadOnlyList<string> Everything();

    [Fact]
    public async Task A_kept_file_is_read_as_it_was_written()
    {
        await KeepAsync(Name, "one two three");
        await using var stream = await Store.OpenAsync(Name, Token);
        Assert.Equal("one two three", await new StreamReader(stream!).ReadToEndAsync(Token));
        Assert.Equal(13, stream!.Length);
        stream.Position = 4;
        Assert.Equal("two three", await new StreamReader(stream).ReadToEndAsync(Token));
    }

    [Fact]
    public async Task A_file_that_is_being_received_can_be_read_again_by_its_receiver_only()
    {
        await using var file = await Store.CreateAsync(Token);
        await file.Content.WriteAsync("abc"u8.ToArray(), Token);
        file.Content.Position = 0;
        Assert.Equal('a', file.Content.ReadByte());
        Assert.Null(await Store.OpenAsync(Name, Token));
    }

    [Fact]
    public async Task A_file_that_is_complete_can_be_read_again_and_kept()
    {
        await using (var file = await Store.CreateAsync(Token))
        {
            await file.Content.WriteAsync("abc"u8.ToArray(), Token);
            await file.CompleteAsync(Token);
            file.Content.Position = 1;
            Assert.Equal('b', file.Content.ReadByte());
            await file.KeepAsync(Name, Token);
        }

        await using var stream = await Store.OpenAsync(Name, Token);
        Assert.Equal("abc", await new StreamReader(stream!).ReadToEndAsync(Token));
    }

    [Fact]
    public async Task A_complete_file_that_is_not_kept_leaves_nothing()
    {
        await using (var file = await Store.CreateAsync(Token))
        {
            await file.Content.WriteAsync(new byte[100_000], Token);
            await file.CompleteAsync(Token);
        }

        Assert.Empty(Everything());
    }

    [Fact]
    public async Task A_file_that_is_not_kept_leaves_nothing()
    {
        await using (var file = await Store.CreateAsync(Token))
            await file.Content.WriteAsync(new byte[100_000], Token);
        Assert.Empty(Everything());
    }

    [Fact]
    public async Task Keeping_the_same_bytes_again_is_no_error()
    {
        await KeepAsync(Name, "same");
        await using var open = await Store.OpenAsync(Name, Token);
        await KeepAsync(Name, "same");
        Assert.Equal("same", await new StreamReader(open!).ReadToEndAsync(Token));
        Assert.Single(Everything());
    }

    [Fact]
    public async Task An_unknown_name_opens_nothing() => Assert.Null(await Store.OpenAsync("00", Token));

    [Fact]
    public async Task A_deleted_file_is_gone_and_who_reads_it_reads_on()
    {
        await KeepAsync(Name, "bytes");
        await using var open = await Store.OpenAsync(Name, Token);
        await Store.DeleteAsync(Name, Token);
        await Store.DeleteAsync(Name, Token);
        Assert.Null(await Store.OpenAsync(Name, Token));
        Assert.Equal("bytes", await new StreamReader(open!).ReadToEndAsync(Token));
        Assert.Empty(Everything());
    }

    [Fact]
    public async Task Many_files_are_received_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => KeepAsync($"{i % 4:00}{i:00}", $"content {i}")));
        for (var i = 0; i < 20; i++)
        {
            await using var stream = await Store.OpenAsync($"{i % 4:00}{i:00}", Token);
            Assert.Equal($"content {i}", await new StreamReader(stream!).ReadToEndAsync(Token));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("../../etc/passwd")]
    [InlineData("..ab")]
    [InlineData("ab/cd")]
    [InlineData("AB12")]
    public async Task A_name_that_is_none_is_refused(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Store.OpenAsync(name, Token));
        await using var file = await Store.CreateAsync(Token);
        await Assert.ThrowsAsync<ArgumentException>(() => file.KeepAsync(name, Token));
    }

    [Fact]
    public async Task Everything_is_listed_for_what_it_is()
    {
        await KeepAsync(Name, "bytes");
        await using var receiving = await Store.CreateAsync(Token);
        await receiving.Content.WriteAsync(new byte[3], Token);
        await receiving.Content.FlushAsync(Token);
        var listed = await Store.ListAsync(Token).OrderBy(file => file.Kind).ToListAsync(Token);
        Assert.Equal([StoredFileKind.Kept, StoredFileKind.Unkept], listed.Select(file => file.Kind));
        Assert.Equal((Name, 5), (listed[0].Name, listed[0].Size));
    }

    [Fact]
    public async Task What_is_set_aside_is_kept_for_people_and_neither_opened_nor_listed()
    {
        await KeepAsync(Name, "bad");
        var place = await Store.SetAsideAsync(Name, "20260101-000000", Token);
        Assert.Contains("20260101-000000", place, StringComparison.Ordinal);
        Assert.Null(await Store.OpenAsync(Name, Token));
        Assert.Empty(await Store.ListAsync(Token).ToListAsync(Token));
        Assert.Single(Everything());
        Assert.Null(await Store.SetAsideAsync(Name, "20260101-000000", Token));
    }

    [Fact]
    public async Task What_was_never_kept_can_be_removed()
    {
        await KeepAsync(Name, "bytes");
        await using var receiving = await Store.CreateAsync(Token);
        await Store.RemoveUnkeptAsync(Token);
        Assert.Equal(Name, Assert.Single(await Store.ListAsync(Token).ToListAsync(Token)).Name);
    }

    private async Task KeepAsync(string name, string content)
    {
        await using var file = await Store.CreateAsync(Token);
        await file.Content.WriteAsync(Encoding.UTF8.GetBytes(content), Token);
        await file.KeepAsync(name, Token);
    }
}
