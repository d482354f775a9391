using Wheelhouse.Contracts.Builds;
using Wheelhouse.Tests.Builds;

namespace Wheelhouse.EndToEnd.Harness;

/// <summary>A project that a server built from a git repository on this machine; see <see cref="GitHost.Allow"/>. Its tests are those of unittest, so that they need nothing.</summary>
internal sealed class BuiltProject : IDisposable
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(3);

    private readonly ServerProcess _server;

    private BuiltProject(ServerProcess server, string name, SourceRepository repository) => (_server, Name, Repository) = (server, name, repository);

    public string Name { get; }

    public SourceRepository Repository { get; }

    /// <summary>Its document.</summary>
    public string Document => $"project: {Name}\nrepository: {Repository.Bare}\n";

    private string Module => Name.Replace('-', '_');

    /// <summary>Makes the repository with version 1.0.0 in it; nothing builds it yet.</summary>
    public static async Task<BuiltProject> CreateAsync(ServerProcess server, string name, CancellationToken token)
    {
        var project = new BuiltProject(server, name, await SourceRepository.CreateAsync(token));
        project.Repository.Write($"{project.Module}/__init__.py", "def answer():\n    return 42\n");
        await project.PushAsync("1.0.0", "Begin", token);
        return project;
    }

    /// <summary>The same, with its document applied.</summary>
    public static async Task<BuiltProject> AddAsync(ServerProcess server, string name, CancellationToken token)
    {
        var project = await CreateAsync(server, name, token);
        await server.Client.ApplyBuildProjectsAsync(project.Document, token);
        return project;
    }

    /// <summary>Commits and pushes a version.</summary>
    /// <param name="version">Its version.</param>
    /// <param name="subject">What the commit says.</param>
    /// <param name="token">Ends it.</param>
    /// <param name="answer">What its test expects; 42 is right.</param>
    public async Task PushAsync(string version, string subject, CancellationToken token, int answer = 42)
    {
        Repository.Write(
            "pyproject.toml",
            $"[build-system]\nrequires = [\"setuptools>=61\"]\nbuild-backend = \"setuptools.build_meta\"\n[project]\nname = \"{Name}\"\nversion = \"{version}\"\n[tool.setuptools]\npackages = [\"{Module}\"]\n");
        Repository.Write("tests/test_answer.py", $"""
            import unittest

            import {Module}


            class AnswerTest(unittest.TestCase):
                def test_answer(self):
                    for i in range(20):
                        print("thought about it", i, "times", flush=True)
                    self.assertEqual({Module}.answer(), {answer})

                def test_is_whole(self):
                    self.assertIsInstance({Module}.answer(), int)

            """);
        await Repository.PushAsync(token, subject);
    }

    /// <summary>Has it built as a program would.</summary>
    /// <returns>The build's id.</returns>
    public async Task<string> AskAsync(CancellationToken token, string? reference = null) =>
        (await _server.Client.RequestBuildAsync(Name, new BuildRequest { Ref = reference }, token)).Id;

    /// <summary>Waits until a build has ended.</summary>
    public async Task<BuildView> EndedAsync(string build, CancellationToken token)
    {
        BuildView? view = null;
        await Eventually.TrueAsync(async () => BuildStates.IsEnded((view = await _server.Client.GetBuildAsync(build, token)).State), $"the end of build {build}", Within, token);
        return view!;
    }

    public void Dispose() => Repository.Dispose();
}
