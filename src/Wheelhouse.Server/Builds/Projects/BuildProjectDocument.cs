using Wheelhouse.Server.Builds.Running;
using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Builds.Projects;

/// <summary>A project to build as its YAML document says; every value is valid. See <c>docs/reference/builds.md</c>.</summary>
internal sealed record BuildProjectDocument
{
    /// <summary>The normalised name of the project on the index (PEP 503).</summary>
    public required string Name { get; init; }

    /// <summary>The URL of its repository.</summary>
    public required string Repository { get; init; }

    /// <summary>The token (https) or the deploy key (ssh) with which the repository is read; null when everybody may read it.</summary>
    public SecretName? Credentials { get; init; }

    /// <summary>The secret by which pushes are known to come from the git host; null when it tells of none.</summary>
    public SecretName? Webhook { get; init; }

    /// <summary>The token with which results are told to the git host; null when they are not.</summary>
    public SecretName? Statuses { get; init; }

    /// <summary>The kind of git host, one of <see cref="Builds.Statuses.GitHostKind"/>; null when its name does not tell and nothing is told to it.</summary>
    public string? Host { get; init; }

    /// <summary>Which pushes are built.</summary>
    public required RefPatterns Refs { get; init; }

    /// <summary>The command that runs the tests; null finds them, and an empty one has none run.</summary>
    public string? Test { get; init; }

    /// <summary>The folder of the repository that has the pyproject.toml; empty for its root.</summary>
    public required string Folder { get; init; }

    /// <summary>Where the version comes from.</summary>
    public required VersionSource Version { get; init; }

    /// <summary>Whether the project's code may reach more than the index while it is built and tested.</summary>
    public required bool HasNetwork { get; init; }

    /// <summary>How much a build may use.</summary>
    public required BuildLimits Limits { get; init; }

    /// <summary>How many builds may run at a time; default 1.</summary>
    public required int Parallel { get; init; }

    /// <summary>How often the git host is asked for what is new; null for never.</summary>
    public TimeSpan? Poll { get; init; }

    /// <summary>The names of the secrets that it names.</summary>
    public IEnumerable<string> Secrets => new[] { Credentials, Webhook, Statuses }.OfType<SecretName>().Select(secret => secret.Name);
}

/// <summary>Where the version of a build comes from.</summary>
internal enum VersionSource
{
    /// <summary>The project's own metadata.</summary>
    Project,

    /// <summary>The tags of the repository.</summary>
    Tags,
}
