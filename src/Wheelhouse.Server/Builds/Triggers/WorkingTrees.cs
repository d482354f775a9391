using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Builds.Journal;
using Wheelhouse.Server.Builds.Projects;
using Wheelhouse.Server.Builds.Sources;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Secrets;

namespace Wheelhouse.Server.Builds.Triggers;

/// <summary>Has what is not pushed built and tested as a push would be, up to the point where that would be published.</summary>
internal sealed class WorkingTrees(BuildProjectCatalog projects, ISources sources, SecretStore secrets, BuildQueries builds, IGrainFactory grains)
{
    /// <summary>Takes commits and asks for a build of one of them. Who may upload the project's files may have them built.</summary>
    /// <param name="project">The project, in any spelling.</param>
    /// <param name="commit">The full hash of the commit.</param>
    /// <param name="pack">See <see cref="ISources.ReceiveAsync"/>.</param>
    /// <param name="caller">Who sends it.</param>
    /// <param name="token">Ends it; nothing has begun then.</param>
    /// <exception cref="ApiException">The caller may not, there is no such project, or the commits cannot be taken; nothing has begun.</exception>
    public async Task<BuildView> RequestAsync(string project, string commit, Stream pack, Caller caller, CancellationToken token)
    {
        var (document, _) = await projects.FindAsync(project, token) ?? throw BuildProjectCatalog.NoProject(project);
        caller.RequireMayPublish(document.Name);
        await ReceiveAsync(document, commit, pack, token);
        var admission = await grains.GetGrain<IProjectGrain>(document.Name).Request(new BuildOrder { Commit = commit, By = caller.Name, Trigger = BuildTriggers.WorkingTree });
        if (admission.Outcome == BuildAdmissionOutcome.Gone) throw BuildProjectCatalog.NoProject(project);
        return (await builds.FindAsync(admission.Build, token))!;
    }

    private async Task ReceiveAsync(BuildProjectDocument project, string commit, Stream pack, CancellationToken token)
    {
        try
        {
            var location = new SourceLocation(project.Name, project.Repository, await BuildSecrets.ReadAsync(secrets, project.Credentials, token));
            await sources.ReceiveAsync(location, commit, pack, token);
        }
        catch (SourceException flaw)
        {
            var status = flaw.Code switch
            {
                ProblemCodes.MissingCommits => StatusCodes.Status409Conflict,
                "bad_pack" or "no_commit" => StatusCodes.Status400BadRequest,
                _ => StatusCodes.Status502BadGateway,
            };
            throw new ApiException(status, flaw.Code, flaw.Message, flaw.Fix);
        }
        catch (BuildFault flaw)
        {
            throw new ApiException(StatusCodes.Status409Conflict, flaw.Failure.Code, flaw.Message, flaw.Failure.Fix);
        }
    }
}
