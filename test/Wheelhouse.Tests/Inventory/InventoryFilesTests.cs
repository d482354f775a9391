using Wheelhouse.Server.Inventory;

namespace Wheelhouse.Tests.Inventory;

public sealed class InventoryFilesTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("wheelhouse-").FullName;
    private readonly string _allowed;
    private readonly InventoryFiles _files;

    public InventoryFilesTests()
    {
        _allowed = Directory.CreateDirectory(Path.Combine(_root, "allowed")).FullName;
        _files = new InventoryFiles(new InventoryOptions { Paths = [_allowed] });
        File.WriteAllText(Path.Combine(_root, "outside"), "secret");
        File.WriteAllText(Path.Combine(_allowed, "token"), "  abc \nmore\n");
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_secret_is_the_first_line() =>
        Assert.Equal("abc", await _files.ReadSecretAsync(Path.Combine(_allowed, "token"), Token));

    [Theory]
    [InlineData("outside")]
    [InlineData("allowed/../outside")]
    [InlineData("allowed/link")]
    [InlineData("allowed/linked-directory/outside")]
    [InlineData("allowed-not/file")]
    public void Nothing_outside_the_directories_is_used(string path)
    {
        File.CreateSymbolicLink(Path.Combine(_allowed, "link"), Path.Combine(_root, "outside"));
        Directory.CreateSymbolicLink(Path.Combine(_allowed, "linked-directory"), _root);
        Directory.CreateDirectory(Path.Combine(_root, "allowed-not"));
        File.WriteAllText(Path.Combine(_root, "allowed-not", "file"), "");
        var error = Assert.Throws<InventoryException>(() => _files.Check(Path.Combine(_root, path)));
        Assert.Contains("does not lie in", error.Message);
        Assert.Contains("inventory.paths", error.Fix);
    }

    [Fact]
    public void A_linked_directory_may_be_allowed()
    {
        var link = Path.Combine(_root, "etc");
        Directory.CreateSymbolicLink(link, _allowed);
        var files = new InventoryFiles(new InventoryOptions { Paths = [link] });
        Assert.Equal(Path.Combine(_allowed, "token"), files.Check(Path.Combine(link, "token")));
    }

    [Fact]
    public void An_allowed_directory_may_itself_be_looked_into_and_those_around_it_not()
    {
        Assert.Equal([Path.Combine(_allowed, "token")], _files.List(_allowed));
        Assert.Throws<InventoryException>(() => _files.List(_root));
    }

    [Theory]
    [InlineData("allowed/none", "does not exist")]
    [InlineData("allowed/loop", "cannot be read")]
    public void What_cannot_be_read_is_said(string path, string reason)
    {
        File.CreateSymbolicLink(Path.Combine(_allowed, "loop"), Path.Combine(_allowed, "loop"));
        Assert.Contains(reason, Assert.Throws<InventoryException>(() => _files.Check(Path.Combine(_root, path))).Message);
    }

    [Fact]
    public void A_null_character_is_refused() =>
        Assert.Contains("null character", Assert.Throws<InventoryException>(() => _files.Check(Path.Combine(_allowed, "to\0ken"))).Message);

    [Fact]
    public async Task An_empty_secret_is_an_error()
    {
        await File.WriteAllTextAsync(Path.Combine(_allowed, "empty"), "\n", Token);
        Assert.Contains("empty", (await Assert.ThrowsAsync<InventoryException>(() => _files.ReadSecretAsync(Path.Combine(_allowed, "empty"), Token))).Message);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
