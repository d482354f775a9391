namespace Wheelhouse.Tests.Index;

/// <summary>The real clients, as Debian ships them.</summary>
public sealed class ClientTests : IAsyncLifetime
{
    /// <summary>Runs pip as it is, but for the header that asks for HTML as pips before 22.2 did.</summary>
    private const string PipThatReadsHtml =
        """
        import sys
        from pip._internal.network.session import PipSession
        request = PipSession.request
        def request_html(self, method, url, headers=None, **kwargs):
            if headers and "Accept" in headers:
                headers["Accept"] = "text/html"
            return request(self, method, url, headers=headers, **kwargs)
        PipSession.request = request_html
        from pip._internal.cli.main import main
        sys.exit(main(sys.argv[1:]))
        """;

    private static readonly Dictionary<string, string?> Environment = new()
    {
        ["PIP_CONFIG_FILE"] = "/dev/null",
        ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1",
        ["PIP_NO_INPUT"] = "1",
        ["PIP_NO_CACHE_DIR"] = "1",
        ["PYTHONDONTWRITEBYTECODE"] = "1",
    };

    private readonly TempFolder _folder = new();
    private IndexServer _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await IndexServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_twine_uploads_pip_downloads_byte_for_byte()
    {
        var wheel = Directory.GetFiles("/usr/share/python-wheels", "wheel-*.whl").Single();
        var sdist = _folder["acme-1.0.tar.gz"];
        await File.WriteAllBytesAsync(sdist, Archives.Sdist(), Token);
        Assert.Equal(0, (await TwineAsync(wheel, sdist)).ExitCode);

        await PipAsync(isHtml: false, "download", "--no-deps", "--dest", _folder["json"], "wheel");
        await PipAsync(isHtml: true, "download", "--no-deps", "--dest", _folder["html"], "wheel");
        var expected = await File.ReadAllBytesAsync(wheel, Token);
        Assert.Equal(expected, await File.ReadAllBytesAsync(_folder[$"json/{Path.GetFileName(wheel)}"], Token));
        Assert.Equal(expected, await File.ReadAllBytesAsync(_folder[$"html/{Path.GetFileName(wheel)}"], Token));
    }

    [Fact]
    public async Task Twine_says_why_it_was_refused_and_can_skip_what_is_there()
    {
        var path = await WriteAsync("acme-1.0-py3-none-any.whl", Archives.Wheel());
        Assert.Equal(0, (await TwineAsync(path)).ExitCode);
        Assert.Equal(0, (await TwineAsync(path)).ExitCode);
        await WriteAsync("acme-1.0-py3-none-any.whl", Archives.Zip(Archives.WheelFiles().Append(new("acme/other.py", ""))));
        var refused = await TwineAsync(path);
        Assert.NotEqual(0, refused.ExitCode);
        Assert.Contains("File already exists", refused.Output + refused.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await TwineAsync("--skip-existing", path)).ExitCode);
    }

    [Fact]
    public async Task Twine_says_why_a_file_is_too_large_whose_end_it_sent_in_vain()
    {
        await using var small = await IndexServer.StartAsync(options => options.MaxFileMib = 1);
        var files = Archives.WheelFiles();
        files["acme/data.txt"] = Convert.ToHexString(System.Security.Cryptography.RandomNumberGenerator.GetBytes(24 << 20));
        var path = await WriteAsync("acme-1.0-py3-none-any.whl", Archives.Zip(files));
        var refused = await TwineToAsync(small, path);
        Assert.True(refused.ExitCode != 0 && (refused.Output + refused.Errors).Contains("The file is larger than 1 MiB", StringComparison.Ordinal), refused.Output + refused.Errors);
        Assert.Empty(small.StoredFiles);
    }

    [Fact]
    public async Task Poetry_publishes_what_it_built()
    {
        Directory.CreateDirectory(_folder["project/acme_poetry"]);
        await File.WriteAllTextAsync(_folder["project/acme_poetry/__init__.py"], "", Token);
        await File.WriteAllTextAsync(
            _folder["project/pyproject.toml"],
            """
            [tool.poetry]
            name = "acme-poetry"
            version = "1.0"
            description = "Bills things."
            authors = ["A <a@example.org>"]
            [tool.poetry.dependencies]
            python = "^3.8"
            [build-system]
            requires = ["poetry-core"]
            build-backend = "poetry.core.masonry.api"
            """,
            Token);
        var environment = new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["HOME"] = _folder.Root,
            ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring",
            ["POETRY_REPOSITORIES_ACME_URL"] = new Uri(_server.Url, "legacy/").ToString(),
            ["POETRY_HTTP_BASIC_ACME_USERNAME"] = "__token__",
            ["POETRY_HTTP_BASIC_ACME_PASSWORD"] = IndexServer.AdminToken,
        };
        await ChildProcess.CheckAsync(
            "/usr/bin/python3", ["-m", "poetry", "--directory", _folder["project"], "publish", "--build", "--repository", "acme", "--no-interaction"], Token, environment);
        await PipAsync(isHtml: false, "download", "--no-deps", "--dest", _folder["got"], "acme-poetry");
        Assert.Equal("acme_poetry-1.0-py3-none-any.whl", Path.GetFileName(Directory.GetFiles(_folder["got"]).Single()));
    }

    [Fact]
    public async Task Pip_installs_into_a_venv_with_dependencies_from_the_metadata_files()
    {
        var files = Archives.WheelFiles();
        files["acme-1.0.dist-info/METADATA"] = "Metadata-Version: 2.1\nName: acme\nVersion: 1.0\nRequires-Dist: helper[fast]>=1,<2; python_version >= '3'\n";
        var helper = Archives.WheelFiles("helper", "1.5");
        helper["helper-1.5.dist-info/METADATA"] = "Metadata-Version: 2.1\nName: helper\nVersion: 1.5\nProvides-Extra: fast\n";
        Assert.Equal(0, (await TwineAsync(
            await WriteAsync("acme-1.0-py3-none-any.whl", Archives.Zip(files)),
            await WriteAsync("helper-1.5-py3-none-any.whl", Archives.Zip(helper)),
            await WriteAsync("helper-2.0-py3-none-any.whl", Archives.Wheel("helper", "2.0")))).ExitCode);
        // pip 23.0 knows the metadata files in HTML only, and gives up our header when it starts itself again for --python.
        await PipAsync(isHtml: true, "install", "--target", _folder["site"], "acme");
        Assert.Contains(_server.Requests, request => request.EndsWith("/acme-1.0-py3-none-any.whl.metadata", StringComparison.Ordinal));
        Assert.True(File.Exists(_folder["site/helper/__init__.py"]));

        await ChildProcess.CheckAsync("/usr/bin/python3", ["-m", "venv", "--without-pip", _folder["venv"]], Token);
        await PipAsync(isHtml: false, "--python", _folder["venv"], "install", "acme");
        var version = await ChildProcess.CheckAsync(_folder["venv/bin/python"], ["-c", "import acme, helper; print(acme.__version__, helper.__version__)"], Token);
        Assert.Equal("1.0 1.5", version);
    }

    [Fact]
    public async Task Pip_sees_only_what_was_there_at_a_moment()
    {
        await TwineAsync(await WriteAsync("acme-1.0-py3-none-any.whl", Archives.Wheel()));
        var moment = _server.Time.GetUtcNow().UtcTicks;
        _server.Time.Advance(TimeSpan.FromMinutes(1));
        await TwineAsync(await WriteAsync("acme-1.1-py3-none-any.whl", Archives.Wheel(version: "1.1")));
        await PipAsync(isHtml: false, $"at/{moment}/simple/", "download", "--no-deps", "--dest", _folder["then"], "acme");
        await PipAsync(isHtml: false, "download", "--no-deps", "--dest", _folder["now"], "acme");
        Assert.Equal("acme-1.0-py3-none-any.whl", Path.GetFileName(Directory.GetFiles(_folder["then"]).Single()));
        Assert.Equal("acme-1.1-py3-none-any.whl", Path.GetFileName(Directory.GetFiles(_folder["now"]).Single()));
    }

    [Fact]
    public async Task Pip_leaves_out_what_another_python_needs()
    {
        var files = Archives.WheelFiles(version: "2.0");
        files["acme-2.0.dist-info/METADATA"] = "Metadata-Version: 2.1\nName: acme\nVersion: 2.0\nRequires-Python: >=4\n";
        await TwineAsync(await WriteAsync("acme-1.0-py3-none-any.whl", Archives.Wheel()), await WriteAsync("acme-2.0-py3-none-any.whl", Archives.Zip(files)));
        await PipAsync(isHtml: true, "download", "--no-deps", "--dest", _folder["got"], "acme");
        Assert.Equal("acme-1.0-py3-none-any.whl", Path.GetFileName(Directory.GetFiles(_folder["got"]).Single()));
    }

    private async Task<string> WriteAsync(string fileName, byte[] bytes)
    {
        await File.WriteAllBytesAsync(_folder[fileName], bytes, Token);
        return _folder[fileName];
    }

    private Task<Finished> TwineAsync(params string[] arguments) => TwineToAsync(_server, arguments);

    private static Task<Finished> TwineToAsync(IndexServer server, params string[] arguments) => ChildProcess.RunAsync(
        "/usr/bin/python3",
        ["-m", "twine", "upload", "--disable-progress-bar", "--non-interactive", "--config-file", "/dev/null", "--repository-url", new Uri(server.Url, "legacy/").ToString(),
            "-u", "__token__", "-p", IndexServer.AdminToken, .. arguments],
        Token);

    private Task<string> PipAsync(bool isHtml, params string[] arguments)
    {
        var path = arguments[0].EndsWith("simple/", StringComparison.Ordinal) ? arguments[0] : "simple/";
        string[] program = isHtml ? ["-c", PipThatReadsHtml] : ["-m", "pip"];
        string[] command = ["--isolated", .. arguments.Where(argument => !string.Equals(argument, path, StringComparison.Ordinal)), "--index-url", _server.UrlFor(path)];
        return ChildProcess.CheckAsync("/usr/bin/python3", [.. program, .. command], Token, Environment);
    }
}
