using Wheelhouse.Server.Index.Files;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests.Index;

public sealed class LocalFileStoreTests : FileStoreContract, IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private readonly LocalFileStore _store;

    public LocalFileStoreTests() => _store = new(new DataDirectory(_folder.Root));

    protected override IFileStore Store => _store;

    protected override IReadOnlyList<string> Everything() => Directory.GetFiles(_folder["files"], "*", SearchOption.AllDirectories);

    [Fact]
    public async Task What_a_killed_server_was_receiving_is_removed_at_start()
    {
        var leftover = _folder.Write("files/incoming/0123", "half a wheel");
        await _store.StartAsync(TestContext.Current.CancellationToken);
        Assert.False(File.Exists(leftover));
    }

    public async ValueTask InitializeAsync() => await _store.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
