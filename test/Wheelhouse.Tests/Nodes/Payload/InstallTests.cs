namespace Wheelhouse.Tests.Nodes.Payload;

/// <summary>Our installation of wheels against pip's.</summary>
public sealed class InstallTests(PayloadWheels wheels)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_files_are_those_that_pip_installs()
    {
        await using var service = await PayloadService.StartAsync(wheels);
        var packages = new[] { "setuptools-", "pip-", "wheel-", "gunicorn-" }.Select(wheels.Find).ToList();
        await service.FencedAsync("stage", service.StageArguments(PayloadWheels.First, packages, imports: []));

        var reference = service.Folder["reference"];
        await ChildProcess.CheckAsync("/usr/bin/python3", ["-m", "venv", "--without-pip", reference], Token);
        await ChildProcess.CheckAsync("/usr/bin/python3",
            ["-m", "pip", "--isolated", "--python", reference + "/bin/python", "install", "--quiet", "--no-index", "--no-deps", "--find-links", wheels.Folder, "setuptools", "pip", "wheel", "gunicorn"],
            Token, new Dictionary<string, string?> { ["PIP_FIND_LINKS"] = null });

        var ours = Read(Path.Combine(service.Root, "releases", PayloadService.Release(PayloadWheels.First)));
        var theirs = Read(reference);
        Assert.Equal(theirs.Keys.Order(StringComparer.Ordinal), ours.Keys.Order(StringComparer.Ordinal));
        Assert.All(theirs, pair => Assert.True(ours[pair.Key] == pair.Value, pair.Key));
    }

    [Theory]
    [InlineData("../escape.py", "leads out of the virtualenv")]
    [InlineData("hello/extra.py", "for which its RECORD has no hash")]
    [InlineData("hello/__init__.py", "another content than its RECORD says")]
    public async Task A_wheel_that_its_record_does_not_cover_is_refused(string path, string reason)
    {
        await using var service = await PayloadService.StartAsync(wheels);
        var wheel = wheels.Find("acme_hello-1.0.0");
        const string Program = """
            import sys, zipfile
            source, target, path = sys.argv[1:]
            with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
                for name in old.namelist():
                    if name != path:
                        new.writestr(name, old.read(name))
                new.writestr(path, b"evil = True\n")
            """;
        Directory.CreateDirectory(service.Folder["srv/.wheelhouse/cache"]);
        var changed = service.Folder[wheel.Filename];
        await ChildProcess.CheckAsync("/usr/bin/python3", ["-c", Program, Path.Combine(wheels.Folder, wheel.Filename), changed, path], Token);
        var locked = LockedWheel.Of(changed);
        File.Copy(changed, service.Folder[$"srv/.wheelhouse/cache/{locked.Sha256}"]);

        var error = await Assert.ThrowsAsync<PayloadException>(() => service.FencedAsync("stage", service.StageArguments("1.0.0", [locked])));

        Assert.Equal("install_failed", error.Code);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(service.Folder["srv/releases"]));
    }

    /// <summary>Mode and content by relative path; of what must differ (generated scripts, RECORD, INSTALLER, compiled files) the mode only.</summary>
    private static Dictionary<string, string> Read(string folder)
    {
        Dictionary<string, string> found = new(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(folder, path);
            var name = Path.GetFileName(path);
            // REQUESTED marks what was asked for: there pip was asked for all of them.
            if (name is "REQUESTED" or "release.json" || relative.StartsWith("lib64/", StringComparison.Ordinal)) continue;
            var differs = name is "RECORD" or "INSTALLER" or "pyvenv.cfg" || name.EndsWith(".pyc", StringComparison.Ordinal) || relative.StartsWith("bin/", StringComparison.Ordinal);
            found[relative] = new FileInfo(path).UnixFileMode + (differs ? "" : Convert.ToHexString(File.ReadAllBytes(path)));
        }

        return found;
    }
}
