using Wheelhouse.EndToEnd.Harness;

namespace Wheelhouse.EndToEnd.Index;

/// <summary>What people type from a project to an installation, with Debian's build, twine, pip and poetry, and no other index in reach.</summary>
public sealed class ClientTests : IAsyncLifetime
{
    private readonly TempFolder _folder = new("wh-clients");
    private readonly ServerProcess _server = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private PyTools Tools => new(_server, _folder);

    public async ValueTask InitializeAsync() => await _server.StartAsync(Token);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_build_makes_twine_uploads_and_pip_installs()
    {
        _folder.Write("project/src/acme_tool/__init__.py", "def main():\n    print('the tool runs')\n");
        _folder.Write(
            "project/pyproject.toml",
            """
            [build-system]
            requires = ["setuptools"]
            build-backend = "setuptools.build_meta"
            [project]
            name = "Acme.Tool"
            version = "1.0+corp.1"
            requires-python = ">=3.8"
            [project.scripts]
            acme-tool = "acme_tool:main"
            """);
        await Tools.RunAsync(["build", "--no-isolation", _folder["project"]]);
        var built = Directory.GetFiles(_folder["project/dist"]);
        Assert.Equal(2, built.Length);
        await Tools.UploadAsync(built);

        await ChildProcess.CheckAsync("/usr/bin/python3", ["-m", "venv", "--without-pip", _folder["venv"]], Token);
        await Tools.RunAsync(["pip", "--python", _folder["venv"], "install", "--index-url", Tools.IndexUrl, "acme-tool"]);
        Assert.Equal("the tool runs", await ChildProcess.CheckAsync(_folder["venv/bin/acme-tool"], [], Token));
    }

    [Fact]
    public async Task What_poetry_publishes_poetry_adds_to_another_project_and_installs_by_its_lock()
    {
        WriteProject("library", "acme-library", "");
        _folder.Write("library/acme_library/__init__.py", "NAME = 'the library'\n");
        await PoetryAsync("library", "publish", "--build", "--repository", "acme");
        WriteProject("application", "acme-application", $"[[tool.poetry.source]]\nname = \"acme\"\nurl = \"{new Uri(_server.Url, "simple/")}\"\ndefault = true\n");
        _folder.Write("application/acme_application/__init__.py", "");

        await PoetryAsync("application", "add", "acme-library");
        Assert.Contains("acme-library = \"^1.0\"", File.ReadAllText(_folder["application/pyproject.toml"]), StringComparison.Ordinal);
        Assert.Contains("sha256:", File.ReadAllText(_folder["application/poetry.lock"]), StringComparison.Ordinal);
        Assert.Equal("the library", await PrintNameAsync());

        Directory.Delete(_folder["application/.venv"], recursive: true);
        await PoetryAsync("application", "install");
        Assert.Equal("the library", await PrintNameAsync());
    }

    private Task<string> PrintNameAsync() =>
        ChildProcess.CheckAsync(_folder["application/.venv/bin/python"], ["-c", "import acme_library; print(acme_library.NAME)"], Token);

    private Task<string> PoetryAsync(string project, params string[] command) => Tools.RunAsync(
        ["poetry", "--directory", _folder[project], "--no-interaction", .. command],
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.null.Keyring",
            ["POETRY_CACHE_DIR"] = _folder["cache"],
            ["POETRY_VIRTUALENVS_IN_PROJECT"] = "true",
            ["POETRY_REPOSITORIES_ACME_URL"] = new Uri(_server.Url, "legacy/").ToString(),
            ["POETRY_HTTP_BASIC_ACME_USERNAME"] = "__token__",
            ["POETRY_HTTP_BASIC_ACME_PASSWORD"] = ServerProcess.AdminToken,
        });

    private void WriteProject(string folder, string name, string source) => _folder.Write(
        $"{folder}/pyproject.toml",
        $"""
        [tool.poetry]
        name = "{name}"
        version = "1.0"
        description = "Bills things."
        authors = ["A <a@example.org>"]
        [tool.poetry.dependencies]
        python = "^3.8"
        {source}
        [build-system]
        requires = ["poetry-core"]
        build-backend = "poetry.core.masonry.api"
        """);
}
