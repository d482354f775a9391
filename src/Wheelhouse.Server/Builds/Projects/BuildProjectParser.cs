using Wheelhouse.Contracts.Errors;
using Wheelhouse.Python.Names;
using Wheelhouse.Server.Builds.Running;
using Wheelhouse.Server.Builds.Sources;
using Wheelhouse.Server.Builds.Statuses;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Builds.Projects;

/// <summary>Reads documents of projects to build. Every error of a file is reported at once, each with its place and what to write instead.</summary>
internal sealed class BuildProjectParser(GitOptions options)
{
    private const int LongestCommand = 2_000;
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromSeconds(30);

    /// <summary>Reads the projects of a file: one YAML document each.</summary>
    public ParsedBuildProjects Parse(string yaml)
    {
        var errors = new DocumentErrors();
        var projects = new List<ParsedBuildProject>();
        var names = new UniqueNames("project");
        foreach (var (map, text) in DocumentFile.Open(yaml, "project", errors))
        {
            var document = Read(map);
            names.Check(map, document.Name, "project");
            projects.Add(new ParsedBuildProject(document, text));
        }

        return errors.Count > 0 ? new ParsedBuildProjects([], errors.ToList()) : new ParsedBuildProjects(projects, []);
    }

    private BuildProjectDocument Read(MapReader map)
    {
        var name = map.RequiredText("project", "Add 'project: NAME', the name that its files have on the index.", CheckName);
        var document = new BuildProjectDocument
        {
            Name = name.Length == 0 ? "" : ProjectName.Normalize(name),
            Repository = map.RequiredText("repository", "Add 'repository: URL'.", CheckRepository),
            Credentials = Secret(map, "credentials"),
            Webhook = Secret(map, "webhook"),
            Statuses = Secret(map, "statuses"),
            Host = Host(map),
            Refs = new RefPatterns(Patterns(map, "branches"), Patterns(map, "tags")),
            Test = Test(map),
            Folder = map.Text("folder", CheckFolder)?.Trim('/') ?? "",
            Version = map.Word("version", "project", "project", "tags") == "tags" ? VersionSource.Tags : VersionSource.Project,
            HasNetwork = map.Word("network", "index", "index", "all") == "all",
            Limits = Limits(map),
            Parallel = map.Integer("parallel", 1, 1, 100),
            Poll = Poll(map),
        };
        map.Finish();
        return document;
    }

    /// <summary>An empty command means that no tests are run, and is the one text that may be empty.</summary>
    private static string? Test(MapReader map) => map.Find("test") is ScalarNode { Quoted: true, Text: "" } ? "" : map.Text("test", CheckCommand);

    private static BuildLimits Limits(MapReader map)
    {
        var usual = new BuildLimits();
        if (map.Find("limits") is not { } node || MapReader.Open(node, map.Path("limits"), map.Errors) is not { } limits) return usual;
        var read = usual with
        {
            Time = limits.PositiveTime("time", usual.Time),
            Memory = Size(limits, "memory", usual.Memory),
            Disk = Size(limits, "disk", usual.Disk),
            Processes = limits.Integer("processes", usual.Processes, 16, 65_536),
        };
        limits.Finish();
        return read;
    }

    private static long Size(MapReader map, string key, long fallback) =>
        map.Text(key, text => ByteSize.TryParse(text, out _) ? null : new Flaw($"'{text}' is not a size.", "Write it like 512MiB or 4GiB.")) is { } text && ByteSize.TryParse(text, out var size)
            ? size
            : fallback;

    private static TimeSpan? Poll(MapReader map)
    {
        if (map.Find("poll") is not { } node) return null;
        var poll = map.PositiveTime("poll", ShortestPoll);
        if (poll < ShortestPoll) map.Errors.Add(node, map.Path("poll"), "The git host must not be asked more often than every 30s.", "Write poll: 5m, or use a webhook.");
        return poll;
    }

    private static SecretName? Secret(MapReader map, string key) => map.Find(key) is { } node ? Scalars.Secret(node, map.Path(key), map.Errors) : null;

    /// <summary>Whoever wants statuses must know the host's API.</summary>
    private static string? Host(MapReader map)
    {
        if (map.Find("host") is not null) return map.Word("host", GitHostKind.Gitea, [.. GitHostKind.All]);
        var page = map.Find("repository") is ScalarNode url ? RepositoryUrl.WebAddress(url.Text) : null;
        var kind = page is null ? null : GitHostKind.Guess(new Uri(page).Host);
        if (kind is null && map.Find("statuses") is { } node)
            map.Errors.Add(node, map.Path("statuses"), "The repository's URL does not tell which kind of git host takes the statuses.", $"Add 'host:' with one of {string.Join(", ", GitHostKind.All)}.");
        return kind;
    }

    private static IReadOnlyList<string>? Patterns(MapReader map, string key) => map.Find(key) is null ? null : map.Texts(key);

    private static Flaw? CheckName(string text) => ProjectName.IsValid(text) ? null : new($"'{text}' is not the name of a project (PEP 508).", "Use letters, digits, '-', '_' and '.', with a letter or digit at both ends.");

    /// <summary>Says what is wrong with a test command, or null.</summary>
    public static Flaw? CheckCommand(string text) => text.Length > LongestCommand ? new($"The command has more than {LongestCommand} characters.", "Put it into a script of the repository.") : null;

    private Flaw? CheckRepository(string text)
    {
        try
        {
            GitUrl.Parse(text, options.AllowLocal);
            return null;
        }
        catch (SourceException flaw)
        {
            return new Flaw(flaw.Message, flaw.Fix);
        }
    }

    private static Flaw? CheckFolder(string text) =>
        text.StartsWith('/') || text.Split('/').Any(part => part is ".." or "." or ".git") || text.Contains('\\', StringComparison.Ordinal)
            ? new($"'{text}' is not a folder inside the repository.", "Write it like services/billing.")
            : null;
}

/// <summary>A project of a file.</summary>
/// <param name="Document">What it says.</param>
/// <param name="Yaml">Its own part of the file.</param>
internal sealed record ParsedBuildProject(BuildProjectDocument Document, string Yaml);

/// <summary>The projects of a file; none when there are errors.</summary>
/// <param name="Projects">In the order of the file.</param>
/// <param name="Errors">In the order of the file; empty when all is valid.</param>
internal sealed record ParsedBuildProjects(IReadOnlyList<ParsedBuildProject> Projects, IReadOnlyList<DocumentError> Errors);
