using System.Security.Cryptography;
using Wheelhouse.EndToEnd.Harness;
using Wheelhouse.Tests.Index;

namespace Wheelhouse.EndToEnd.Index;

/// <summary>A team brings the packages that it has, from whatever served them, and goes on installing.</summary>
public sealed class ImportTests : IAsyncLifetime
{
    private const int Many = 600;

    private readonly TempFolder _folder = new("wh-import");
    private readonly ServerProcess _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_pypiserver_folder_of_really_built_packages_is_imported_in_one_command()
    {
        var tools = new PyTools(_server, _folder);
        await BuildAsync(tools);
        _folder.Write("packages/acme_built-1.0-py3-none-any.whl.asc", "signature");
        File.Copy(_folder["packages/acme_built-1.0-py3-none-any.whl"], _folder["packages/acme_renamed-1.0-py3-none-any.whl"]);

        var first = await _server.IndexAsync(Token, "import", _folder["packages"]);
        Said.That(first, 1, "folder of packages, as pypiserver has it: 3 files", "1 files that are no packages are left out", "2 files were imported", "folder_disagrees", "acme_renamed-1.0-py3-none-any.whl", "is listed in");
        Assert.Contains("acme_renamed", File.ReadAllText(Directory.GetFiles(Path.Combine(_server.Data, "imports")).Single()), StringComparison.Ordinal);
        Said.That(await _server.IndexAsync(Token, "import", _folder["packages"]), 1, "0 files were imported", "2 were there already");

        await _server.StartAsync(Token);
        Said.That(await _server.IndexAsync(Token, "import", _folder["packages"]), 2, "A server runs on the data directory");
        Said.That(await tools.InstallAsync("acme-built", _folder["installed"]), 0);
        Assert.True(File.Exists(_folder["installed/acme_built/__init__.py"]));
        await tools.RunAsync(["pip", "download", "--index-url", tools.IndexUrl, "--no-deps", "--no-build-isolation", "--no-binary", ":all:", "--dest", _folder["sources"], "acme-built"]);
        Assert.Equal(await File.ReadAllBytesAsync(_folder["packages/acme_built-1.0.tar.gz"], Token), await File.ReadAllBytesAsync(_folder["sources/acme_built-1.0.tar.gz"], Token));
    }

    [Fact]
    public async Task The_stage_of_a_devpi_server_is_imported_in_one_command()
    {
        var (wheel, cached) = (Archives.Wheel("acme_devpi"), Archives.Wheel("six"));
        Write($"devpi/+files/root/pypi/+f/{HashFolders(cached)}/six-1.0-py3-none-any.whl", cached);
        Write($"devpi/+files/alice/dev/+f/{HashFolders(wheel)}/acme_devpi-1.0-py3-none-any.whl", wheel);
        Said.That(
            await _server.IndexAsync(Token, "import", _folder["devpi"], "--stage", "alice/dev"), 0,
            "is a devpi-server; the files of its stage alice/dev are imported: 1 files", "Left out, since it is a mirror: root/pypi.", "1 files were imported");
        await _server.StartAsync(Token);
        Said.That(await new PyTools(_server, _folder).InstallAsync("acme-devpi", _folder["installed"]), 0);
    }

    [Fact]
    public async Task An_import_that_is_killed_leaves_nothing_half_and_goes_on()
    {
        for (var number = 0; number < Many; number++)
            Write($"packages/acme_{number % 20}-1.{number}-py3-none-any.whl", Archives.Zip([.. Archives.WheelFiles($"acme_{number % 20}", $"1.{number}"), new($"acme_{number % 20}/data.txt", Convert.ToHexString(RandomNumberGenerator.GetBytes(5_000)))]));

        var kept = 0;
        for (var part = 1; part <= 3; part++)
        {
            await using var import = _server.StartIndex("import", _folder["packages"]);
            var enough = kept + 20;
            await Eventually.TrueAsync(() => Task.FromResult(import.HasExited || CountKept() >= enough), "some files to be imported", TimeSpan.FromSeconds(60), Token);
            Assert.False(import.HasExited, import.Everything);
            await import.KillAsync();
            kept = CountKept();
            var verified = await _server.IndexAsync(Token, "verify");
            Assert.DoesNotContain(verified.Output.Split('\n'), line => line.StartsWith("missing", StringComparison.Ordinal) || line.StartsWith("damaged", StringComparison.Ordinal));
        }

        await using (var import = _server.StartIndex("import", _folder["packages"]))
        {
            await Eventually.TrueAsync(() => Task.FromResult(import.HasExited || CountKept() > kept), "one more file to be imported", TimeSpan.FromSeconds(60), Token);
            import.Signal(Signals.Terminate); // As Ctrl-C does it; that one is ignored by all that a shell runs in the background.
            Said.That(await import.FinishAsync(Token), 1, "Stopped before the end. What was imported is there");
        }

        Said.That(await _server.IndexAsync(Token, "import", _folder["packages"]), 0, "were there already, 0 were refused");
        Said.That(await _server.IndexAsync(Token, "verify"), 0, $"{Many} files", "all is right");
    }

    /// <summary>Builds an sdist and a wheel as people do, without a network.</summary>
    private async Task BuildAsync(PyTools tools)
    {
        _folder.Write("project/acme_built/__init__.py", "");
        _folder.Write("project/pyproject.toml", "[build-system]\nrequires = ['setuptools']\nbuild-backend = 'setuptools.build_meta'\n[project]\nname = 'acme_built'\nversion = '1.0'\n[tool.setuptools]\npackages = ['acme_built']\n");
        await tools.RunAsync(["build", "--no-isolation", "--outdir", _folder["packages"], _folder["project"]]);
    }

    private int CountKept() => Directory.Exists(Path.Combine(_server.Data, "files"))
        ? Directory.GetFiles(Path.Combine(_server.Data, "files"), "*", SearchOption.AllDirectories).Count(path => Path.GetFileName(path).Length == 64) : 0;

    private static string HashFolders(byte[] bytes)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(bytes));
        return $"{hash[..3]}/{hash[3..16]}";
    }

    private void Write(string relative, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[relative])!);
        File.WriteAllBytes(_folder[relative], bytes);
    }
}
