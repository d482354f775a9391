using Wheelhouse.Server.Builds.Running;

namespace Wheelhouse.Tests.Builds.Running;

public sealed class BubblewrapRunnerTests(BuildLab lab) : IClassFixture<BuildLab>
{
    [Fact]
    public async Task A_good_project_is_built_and_tested()
    {
        var (outcome, heard) = await lab.BuildAsync(tree => BuildLab.Write(tree, "import acme\ndef test_answer():\n    assert acme.answer() == 42\n"), job => job with { Version = "1.4.0.dev2+gabc" });
        Assert.True(outcome.Failure is null, $"{outcome.Failure}\n{heard.Log}");
        Assert.Equal(["acme-1.4.0.dev2+gabc-py3-none-any.whl", "acme-1.4.0.dev2+gabc.tar.gz"], outcome.Files.Select(file => file.Name).Order(StringComparer.Ordinal));
        Assert.Equal((1, 0, 0), (outcome.Tests!.Passed, outcome.Tests.Failed, outcome.Tests.Skipped));
        Assert.Equal([BuildSteps.Checkout, BuildSteps.Requirements, BuildSteps.Build, BuildSteps.Test], heard.Steps);
    }

    [Fact]
    public async Task The_same_commit_gives_the_same_bytes()
    {
        using var repository = await SourceRepository.CreateAsync(TestContext.Current.CancellationToken);
        BuildLab.Write(repository, "def test_it():\n    pass\n");
        var commit = await repository.PushAsync(TestContext.Current.CancellationToken);
        var once = await lab.BuildAsync(repository, commit);
        var again = await lab.BuildAsync(repository, commit);

        Assert.Equal(2, once.Outcome.Files.Count);
        Assert.Equal(once.Outcome.Files.Select(file => file.Sha256), again.Outcome.Files.Select(file => file.Sha256));
    }

    [Fact]
    public async Task A_failing_test_is_named()
    {
        var (outcome, _) = await lab.BuildAsync(tree => BuildLab.Write(tree, "def test_bad():\n    print('so it is')\n    assert 1 == 2\ndef test_good():\n    pass\n"));
        Assert.Equal("tests_failed", outcome.Failure!.Code);
        Assert.Equal("1 of 2 tests failed: tests.test_acme.test_bad.", outcome.Failure.Message);
        Assert.Contains("so it is", Assert.Single(outcome.Tests!.Failures).Output);
    }

    [Fact]
    public async Task Unittest_tests_are_run_and_told()
    {
        var (outcome, heard) = await lab.BuildAsync(tree => BuildLab.Write(tree, "import unittest\nclass Some(unittest.TestCase):\n    def test_a(self):\n        pass\n    def test_b(self):\n        self.fail('no')\n"));
        Assert.True(outcome.Tests is { Passed: 1, Failed: 1 }, heard.Log);
        Assert.Equal("tests_failed", outcome.Failure!.Code);
    }

    [Fact]
    public async Task Tests_in_classes_are_found()
    {
        var (outcome, heard) = await lab.BuildAsync(tree => BuildLab.Write(tree, "import acme\nclass TestAnswer:\n    def test_it(self):\n        assert acme.answer() == 42\n"));
        Assert.True(outcome is { Failure: null, Tests.Passed: 1 }, $"{outcome.Failure}\n{heard.Log}");
    }

    [Theory]
    [InlineData("import os\ndef test_it():\n    os._exit(0)\n")]
    [InlineData("import os, unittest\nclass Some(unittest.TestCase):\n    def test_it(self):\n        os._exit(0)\n")]
    public async Task Tests_that_end_before_they_are_done_did_not_pass(string test)
    {
        var (outcome, heard) = await lab.BuildAsync(tree => BuildLab.Write(tree, test));
        Assert.True(outcome.Failure is { Code: "tests_failed" } failure && failure.Message.Contains("before they were done", StringComparison.Ordinal), heard.Log);
    }

    [Fact]
    public async Task A_project_that_says_nothing_of_its_build_fails_by_name()
    {
        var (outcome, _) = await lab.BuildAsync(tree => tree.Write("README.md", "nothing"));
        Assert.Equal("no_build_system", outcome.Failure!.Code);
    }

    [Fact]
    public async Task A_wheel_of_another_project_is_refused() =>
        Assert.Equal("wrong_project", (await lab.BuildAsync(tree => BuildLab.Write(tree, "", "other"))).Outcome.Failure!.Code);

    [Fact]
    public async Task A_version_that_the_project_does_not_take_is_refused() => Assert.Equal("wrong_version", (await lab.BuildAsync(
        tree => tree.Write("setup.py", "from setuptools import setup\nsetup(name='acme', version='1.0')\n"), job => job with { Version = "2.0" })).Outcome.Failure!.Code);

    /// <summary>Each looks for something of the server's, and fails when it finds it.</summary>
    [Fact]
    public async Task Nothing_of_the_server_can_be_seen_or_reached()
    {
        Environment.SetEnvironmentVariable("WHEELHOUSE_TEST_SECRET", "s3cret-of-the-server");
        var test =
            $$"""
            import glob, os, signal, socket, pytest

            def test_files():
                assert not os.path.exists("{{lab.Server.Data.Root}}")
                assert not os.path.exists("/root") and not os.path.exists("/home") and not os.path.exists("/etc/shadow")

            def test_environment():
                for path in glob.glob("/proc/[0-9]*/environ"):
                    try:
                        data = open(path, "rb").read()
                    except OSError:
                        continue
                    assert b"s3cret" not in data

            def test_processes():
                assert not os.path.exists("/proc/{{Environment.ProcessId}}/cmdline") or b"dotnet" not in open("/proc/{{Environment.ProcessId}}/cmdline", "rb").read()
                assert len(glob.glob("/proc/[0-9]*")) < 20

            @pytest.mark.parametrize("address", [("127.0.0.1", {{lab.Server.Url.Port}}), ("169.254.169.254", 80), ("192.0.2.1", 443)])
            def test_network(address):
                with pytest.raises(OSError):
                    socket.create_connection(address, timeout=2)

            def test_index_takes_reads_only():
                import http.client
                for method, path, status in (("GET", "/simple/pytest/", 200), ("GET", "/api/whoami", 404), ("POST", "/legacy/", 404), ("DELETE", "/simple/pytest/", 404)):
                    connection = http.client.HTTPConnection("index")
                    connection.sock = socket.socket(socket.AF_UNIX)
                    connection.sock.connect("/wheelhouse/index.sock")
                    connection.request(method, path)
                    assert connection.getresponse().status == status

            @pytest.mark.parametrize("path", ["/usr/x", "/x", "/dev/x", "/wheelhouse/environment/x", "/wheelhouse/repository/x", "/wheelhouse/payload/x", "/etc/passwd"])
            def test_writing(path):
                with pytest.raises(OSError):
                    open(path, "a")

            def test_rights():
                import ctypes
                assert ctypes.CDLL(None).unshare(0x10000000) == -1  # CLONE_NEWUSER
                assert os.getuid() != 0
            """;
        var (outcome, heard) = await lab.BuildAsync(tree => BuildLab.Write(tree, test));
        Assert.True(outcome.Failure is null, $"{outcome.Failure}\n{heard.Log}");
    }

    [Fact]
    public async Task Nothing_outlives_a_build()
    {
        var mark = $"{Random.Shared.Next(100_000_000, 999_999_999)}";
        var test = $"import subprocess, sys\ndef test_daemon():\n    subprocess.Popen(['setsid', 'sh', '-c', 'sleep {mark} & sleep {mark}'])\n";
        Assert.Null((await lab.BuildAsync(tree => BuildLab.Write(tree, test))).Outcome.Failure);
        var left = await ChildProcess.RunAsync("pgrep", ["-f", $"sleep {mark}"], TestContext.Current.CancellationToken);
        Assert.Equal("", left.Output);
    }

    [Theory]
    [InlineData("process_limit", "import os\ndef test_it():\n    while True:\n        try:\n            os.fork()\n        except OSError:\n            pass\n")]
    [InlineData("memory_limit", "import time\ndef test_it():\n    kept = [b'x' * (20 << 20) for _ in range(60)]\n    time.sleep(60)\n")]
    [InlineData("memory_limit", "import os, time\ndef test_it():\n    hidden = [os.memfd_create('hidden') for _ in range(12)]\n    for file in hidden * 100:\n        os.write(file, b'x' * (1 << 20))\n    time.sleep(60)\n")]
    [InlineData("disk_limit", "def test_it():\n    with open('/build/big', 'wb', 0) as out:\n        while True:\n            out.write(b'x' * (1 << 20))\n")]
    [InlineData("build_timeout", "import time\ndef test_it():\n    time.sleep(600)\n")]
    public async Task Who_takes_more_than_there_is_ends_by_name(string code, string test)
    {
        var limits = new BuildLimits { Time = TimeSpan.FromSeconds(code == "build_timeout" ? 15 : 600), Memory = 1L << 30, Disk = 128 << 20, Processes = 100 };
        var (outcome, heard) = await lab.BuildAsync(tree => BuildLab.Write(tree, test), job => job with { Limits = limits });
        Assert.True(outcome.Failure?.Code == code, $"{outcome.Failure}\n{heard.Log}");
    }

    [Fact]
    public async Task An_endless_line_is_cut()
    {
        var (outcome, heard) = await lab.BuildAsync(tree => BuildLab.Write(tree, ""), job => job with { Test = "head -c 300000000 /dev/zero | tr '\\0' x; echo; echo end" });
        Assert.Null(outcome.Failure);
        Assert.Equal("end", heard.Lines[^1]);
        Assert.InRange(heard.Lines[^2].Length, 8_000, BuildLimits.LineLength);
    }

    [Fact]
    public async Task A_link_is_no_artefact()
    {
        const string Backend = "import os\ndef build_sdist(folder, settings=None):\n    os.symlink('/etc/passwd', os.path.join(folder, 'acme-1.0.tar.gz'))\n    return 'acme-1.0.tar.gz'\ndef build_wheel(folder, settings=None, metadata=None):\n    return 'x.whl'\n";
        var (outcome, _) = await lab.BuildAsync(tree => tree.Write("pyproject.toml", "[build-system]\nrequires = []\nbuild-backend = \"backend\"\nbackend-path = [\".\"]\n").Write("backend.py", Backend));
        Assert.Equal("bad_artefact", outcome.Failure!.Code);
    }
}
