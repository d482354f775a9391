using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Web.Packages;

namespace Wheelhouse.Server.Web.Builds;

/// <summary>An environment where the release of a build may run.</summary>
/// <param name="Service">The service that installs the project.</param>
/// <param name="Environment">The environment.</param>
/// <param name="Runs">The version that runs there; null when none does.</param>
/// <param name="Rollouts">The rollouts of the release there, the newest first.</param>
/// <param name="Refusal">Why it is not deployed there by itself; null when that was not refused, or when it was rolled out all the same.</param>
/// <param name="MayDeploy">Whether the person may deploy there.</param>
public sealed record BuildPlace(
    string Service, string Environment, string? Runs, IReadOnlyList<BuildRolloutView> Rollouts, BuildRefusalView? Refusal, bool MayDeploy)
{
    /// <summary>All of a build that was published; empty for others. Pure.</summary>
    /// <param name="build">The build.</param>
    /// <param name="services">The services that the person may see.</param>
    /// <param name="caller">The person.</param>
    public static IReadOnlyList<BuildPlace> Of(BuildView build, IEnumerable<ServiceView> services, Caller caller) => !BuildText.IsPublished(build) ? [] :
    [
        .. from service in services
           where RunningRelease.ProjectOf(service) == build.Project
           from environment in service.Environments
           let rollouts = build.Rollouts.Where(rollout => (rollout.Service, rollout.Environment) == (service.Name, environment.Name)).ToList()
           let refusal = build.Refusals.FirstOrDefault(refusal => (refusal.Service, refusal.Environment) == (service.Name, environment.Name))
           select new BuildPlace(service.Name, environment.Name, environment.Version, rollouts, rollouts.Count == 0 ? refusal : null, caller.MayDeploy(service.Name, environment.Name)),
    ];
}
