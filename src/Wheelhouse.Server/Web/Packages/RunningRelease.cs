using Wheelhouse.Contracts.Services;
using Wheelhouse.Python.Requirements;
using Wheelhouse.Python.Versions;

namespace Wheelhouse.Server.Web.Packages;

/// <summary>A release of a project that runs on nodes of an environment now, as far as known.</summary>
/// <param name="Version">The release.</param>
/// <param name="Service">The service that installs the project.</param>
/// <param name="Environment">The environment.</param>
/// <param name="Nodes">On how many of its nodes.</param>
/// <param name="OfNodes">How many nodes it has.</param>
public sealed record RunningRelease(string Version, string Service, string Environment, int Nodes, int OfNodes)
{
    /// <summary>Whether it is a release of this version, however that is written (PEP 440).</summary>
    public bool IsOf(string version) =>
        PythonVersion.TryParse(Version, out var mine) && PythonVersion.TryParse(version, out var other) ? mine == other : Version == version;

    /// <summary>All releases of a project that run somewhere, in the services' order, then the one on most nodes first. Pure.</summary>
    /// <param name="project">The project's normalised name.</param>
    /// <param name="services">The services that the person may see.</param>
    public static IReadOnlyList<RunningRelease> Of(string project, IEnumerable<ServiceView> services) =>
    [
        .. from service in services
           where ProjectOf(service) == project
           from environment in service.Environments
           from running in environment.Nodes.Select(node => node.Version).OfType<string>().CountBy(version => version).OrderByDescending(count => count.Value)
           select new RunningRelease(running.Key, service.Name, environment.Name, running.Value, environment.Nodes.Count),
    ];

    /// <summary>The normalised name of the project that a service installs; null when its document is invalid.</summary>
    public static string? ProjectOf(ServiceView service) =>
        Requirement.TryParse(service.Package, out var requirement) ? requirement.Name.Normalized : null;
}
