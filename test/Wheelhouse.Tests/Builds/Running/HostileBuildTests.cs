using Wheelhouse.Server.Builds.Running;

namespace Wheelhouse.Tests.Builds.Running;

/// <summary>What a project may try against the server that builds it, and what of it is only a mistake: each ends the build with a failure that says what it was.</summary>
public sealed class HostileBuildTests(BuildLab lab) : IClassFixture<BuildLab>
{
    private const string Setuptools = "[build-system]\nrequires = [\"setuptools>=61\"]\nbuild-backend = \"setuptools.build_meta\"\n";
    private const string Project = "[project]\nname = \"acme\"\nversion = \"1.0\"\n[tool.setuptools]\npackages = [\"acme\"]\n";
    private const string OwnBackend = "[build-system]\nrequires = []\nbuild-backend = \"backend\"\nbackend-path = [\".\"]\n";

    /// <summary>Takes every pipe that the sandbox's first program writes to (pidfd_open(2), pidfd_getfd(2)), and writes to it.</summary>
    private const string Forge =
        """
        import ctypes, os
        def call(*numbers):
            result = ctypes.CDLL(None, use_errno=True).syscall(*numbers)
            if result < 0:
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
            return result
        def forge(data):
            first = "/proc/%d/" % os.getppid()
            for name in os.listdir(first + "fd"):
                flags = int(open(first + "fdinfo/" + name).read().split()[3], 8)
                if flags & os.O_ACCMODE == os.O_WRONLY and os.readlink(first + "fd/" + name).startswith("pipe:"):
                    out, left = call(438, call(434, os.getppid(), 0), int(name), 0), memoryview(data)
                    while left:
                        left = left[os.write(out, left):]

        """;

    [Theory]
    [InlineData("bad_message", "b'no message\\n'")]
    [InlineData("bad_message", "b'{\"event\":\"log\",\"lines\":\"text\"}\\n'")]
    [InlineData("bad_message", "b'{\"event\":\"log\",\"lines\":[\"\\xff\"]}\\n'")]
    [InlineData("bad_message", "b'{\"event\":\"step\",\"step\":\"publish\"}\\n'")]
    [InlineData("bad_message", "b'{\"event\":\"environment\",\"key\":\"' + b'0' * 64 + b'\"}\\n'")]
    [InlineData("bad_message", "b'{\"event\":\"data\",\"data\":\"AAAA\"}\\n'")]
    [InlineData("bad_message", "b'x' * (17 << 20)")]
    [InlineData("bad_message", "b'{\"event\":\"begin\"}\\n' * 2_000_000")]
    [InlineData("bad_artefact", "b'{\"event\":\"file\",\"kind\":\"artefact\",\"name\":\"../../acme-1.0.tar.gz\"}\\n'")]
    [InlineData("bad_artefact", "b'{\"event\":\"file\",\"kind\":\"artefact\",\"name\":\"acme-' + b'1' * 300 + b'.tar.gz\"}\\n'")]
    [InlineData("build_failed", "b'{\"event\":\"end\",\"failure\":{\"code\":\"A\\\\u001b[2J\",\"message\":\"\\\\u001b[2J' + b'm' * (1 << 20) + b'\"}}\\n'")]
    public async Task Messages_that_the_project_forges_are_worth_nothing(string code, string messages)
    {
        var limits = new BuildLimits { Time = TimeSpan.FromMinutes(2), Memory = 1L << 30, Disk = 32 << 20, Output = 1 << 20 };
        var (outcome, heard) = await lab.BuildAsync(
            tree => tree.Write("pyproject.toml", OwnBackend).Write("backend.py", Forge + $"forge({messages})\nimport time\ntime.sleep(60)\n"), job => job with { Limits = limits });
        Assert.SkipWhen(heard.Log.Contains("Operation not permitted", StringComparison.Ordinal), "This kernel lets no process take another's files.");
        Assert.True(outcome.Failure?.Code == code, $"{outcome.Failure}\n{heard.Log}");
        Assert.InRange(outcome.Failure.Message.Length, 1, 1000);
        Assert.DoesNotContain('\x1b', outcome.Failure.Message);
        Assert.Empty(outcome.Files);
    }

    [Fact]
    public async Task Who_kills_the_first_program_of_the_sandbox_ends_the_build()
    {
        var (outcome, _) = await lab.BuildAsync(tree => BuildLab.Write(tree, "import os\ndef test_it():\n    os.kill(os.getppid(), 9)\n"));
        Assert.Equal("build_crashed", outcome.Failure!.Code);
    }

    [Fact]
    public async Task What_tests_leave_running_holds_nobody_up()
    {
        var test = "import subprocess\ndef test_daemon():\n    subprocess.Popen(['setsid', 'sh', '-c', 'while :; do echo still here; sleep 0.1; done'])\n";
        var (outcome, heard) = await lab.BuildAsync(tree => BuildLab.Write(tree, test), job => job with { Test = "pytest -s" });
        Assert.True(outcome.Failure is null, $"{outcome.Failure}\n{heard.Log}");
        Assert.InRange(heard.Lines.Count(line => line == "still here"), 1, 100);
    }

    [Theory]
    [InlineData("'../../../evil'")]
    [InlineData("'/build/evil'")]
    [InlineData("'acme-1.0/ok', 'other/file'")]
    public async Task An_sdist_that_leads_out_of_its_folder_is_no_artefact(string members)
    {
        var backend = $"""
            import io, os, tarfile
            def build_sdist(folder, settings=None):
                with tarfile.open(os.path.join(folder, "acme-1.0.tar.gz"), "w:gz") as archive:
                    for name in [{members}]:
                        archive.addfile(tarfile.TarInfo(name), io.BytesIO())
                return "acme-1.0.tar.gz"
            def build_wheel(folder, settings=None, metadata=None):
                return "x.whl"
            """;
        Assert.Equal("bad_artefact", await CodeOfAsync(OwnBackend, backend));
    }

    [Fact]
    public async Task A_file_that_is_no_archive_is_no_artefact() => Assert.Equal(
        "bad_artefact",
        await CodeOfAsync(OwnBackend, "import os\ndef build_sdist(folder, settings=None):\n    open(os.path.join(folder, 'acme-1.0.tar.gz'), 'w').write('text')\n    return 'acme-1.0.tar.gz'\n"));

    [Theory]
    [InlineData("build-system = 'setuptools'\n")]
    [InlineData("[build-system]\nrequires = 'setuptools'\n")]
    [InlineData("[build-system]\nrequires = [1]\n")]
    [InlineData("[build-system]\nrequires = []\nbuild-backend = 5\n")]
    [InlineData("[build-system]\nrequires = []\nbackend-path = 5\n")]
    [InlineData(Setuptools + Project + "[dependency-groups]\ntest = [1]\n")]
    [InlineData(Setuptools + Project + "[dependency-groups]\ntest = [{ include-group = \"test\" }]\n")]
    public async Task A_pyproject_of_the_wrong_shape_is_named(string settings) => Assert.Equal("bad_pyproject", await CodeOfAsync(settings, ""));

    /// <summary>pip would run the sources' code where the environments of later builds are made.</summary>
    [Theory]
    [InlineData("[build-system]\nrequires = [\"/build/source\"]\n")]
    [InlineData("[build-system]\nrequires = [\"./source\"]\n")]
    [InlineData("[build-system]\nrequires = [\"evil @ file:///build/source\"]\n")]
    [InlineData("[build-system]\nrequires = [\"-r /etc/passwd\"]\n")]
    [InlineData(Setuptools + "[project]\nname = \"acme\"\nversion = \"1.0\"\ndependencies = [\"evil @ file:///build/source\"]\n[tool.setuptools]\npackages = [\"acme\"]\n")]
    [InlineData(Setuptools + Project + "[dependency-groups]\ntest = [\"pytest\", \"evil @ file:///build/source\"]\n")]
    public async Task Sources_are_no_requirement(string settings) => Assert.Equal("bad_requirement", await CodeOfAsync(settings, ""));

    [Fact]
    public async Task A_backend_that_the_index_does_not_have_is_named()
    {
        var (outcome, heard) = await lab.BuildAsync(tree => tree.Write("pyproject.toml", "[build-system]\nrequires = [\"hatchling>=1.20\"]\nbuild-backend = \"hatchling.build\"\n"));
        Assert.Equal("requirements_failed", outcome.Failure!.Code);
        Assert.Contains("No matching distribution found for hatchling>=1.20", outcome.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("hatchling", heard.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mistake_in_setup_py_is_shown_and_named()
    {
        var (outcome, heard) = await lab.BuildAsync(tree => tree.Write("setup.py", "from setuptools import setup\nsetup(name='acme' version='1.0')\n"));
        Assert.Equal("build_failed", outcome.Failure!.Code);
        Assert.Contains("SyntaxError", outcome.Failure.Message, StringComparison.Ordinal);
        Assert.Contains("setup(name='acme' version='1.0')", heard.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("head -c 20000000 /dev/zero > $WHEELHOUSE_JUNIT")]
    [InlineData("ln -s /etc/passwd $WHEELHOUSE_JUNIT")]
    [InlineData("mkdir $WHEELHOUSE_JUNIT")]
    [InlineData("mkfifo $WHEELHOUSE_JUNIT")]
    public async Task A_report_that_is_none_changes_nothing(string test)
    {
        var (outcome, heard) = await lab.BuildAsync(tree => BuildLab.Write(tree, ""), job => job with { Test = test });
        Assert.True(outcome is { Failure: null, Tests: null, Files.Count: 2 }, $"{outcome.Failure}\n{heard.Log}");
    }

    private async Task<string?> CodeOfAsync(string settings, string backend)
    {
        var (outcome, heard) = await lab.BuildAsync(tree =>
        {
            tree.Write("pyproject.toml", settings).Write("acme/__init__.py", "").Write("tests/test_acme.py", "def test_it():\n    pass\n");
            if (backend.Length > 0) tree.Write("backend.py", backend);
        });
        Assert.True(outcome.Failure is not null, heard.Log);
        return outcome.Failure.Code;
    }
}
