using Wheelhouse.Python.Requirements;

namespace Wheelhouse.Server.Services.Document;

/// <summary>A service as its YAML document says; every value is valid. See <c>docs/reference/services.md</c>.</summary>
public sealed record ServiceDocument
{
    /// <summary>The service's name.</summary>
    public required string Name { get; init; }

    /// <summary>What is installed: a project and its extras, without a version.</summary>
    public required Requirement Package { get; init; }

    /// <summary>The team that looks after it, for delivery metrics; null when it names none.</summary>
    public string? Team { get; init; }

    /// <summary>What runs on a node, in the order of activation; at least one.</summary>
    public required IReadOnlyList<ProcessDocument> Processes { get; init; }

    /// <summary>What is tried at stage, before anything changes.</summary>
    public required PreflightDocument Preflight { get; init; }

    /// <summary>The environments in order (staging before production); at least one. They hold the service's defaults where they give no value of their own.</summary>
    public required IReadOnlyList<EnvironmentDocument> Environments { get; init; }

    /// <summary>Normal names (PEP 503) of the packages that a reload cannot replace in a running master: a change of one means restart.</summary>
    public required IReadOnlySet<string> MasterPackages { get; init; }

    /// <summary>The packages of servers that keep running across a reload.</summary>
    public static IReadOnlyList<string> DefaultMasterPackages { get; } =
        ["gunicorn", "gevent", "greenlet", "eventlet", "tornado", "uvicorn", "uvicorn-worker", "hypercorn", "uwsgi", "setproctitle"];

    /// <summary>The environment of a name, or null.</summary>
    public EnvironmentDocument? Find(string environment) => Environments.FirstOrDefault(candidate => candidate.Name == environment);

    /// <summary>The requirement for one version, such as <c>acme-billing[gunicorn]===1.1.0</c>: two equal signs would take 1.1.0+local too (PEP 440).</summary>
    public string RequirementFor(string version) => $"{Package}==={version}";
}

/// <summary>What is tried at stage with the new release's own Python.</summary>
/// <param name="Imports">The modules to import; null means the package's top-level modules and the applications that start commands name, an empty list none.</param>
/// <param name="Command">A command to run after that, or null.</param>
/// <param name="Timeout">How long all of it may take; default 60 s.</param>
public sealed record PreflightDocument(IReadOnlyList<string>? Imports, string? Command, TimeSpan Timeout);

/// <summary>A command around the activation of a node, such as taking it out of a load balancer.</summary>
/// <param name="Command">The command, run on the node.</param>
/// <param name="Timeout">How long it may take; default 60 s.</param>
public sealed record HookDocument(string Command, TimeSpan Timeout);
