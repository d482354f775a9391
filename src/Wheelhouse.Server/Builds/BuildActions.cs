using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Builds.Journal;
using Wheelhouse.Server.Builds.Projects;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Builds;

/// <summary>What a person can do about builds: ask for one, and end one. The API and the pages both come here.</summary>
internal sealed class BuildActions(BuildProjectCatalog projects, BuildQueries builds, IGrainFactory grains, DatabaseWriter writer, AuditLog audit)
{
    private const int LongestRef = 250;

    /// <summary>Asks for a build. Who may upload the project's files may have them built.</summary>
    /// <exception cref="ApiException">403: the caller may not; 404: there is no such project; 400: the reference cannot be one; nothing has begun.</exception>
    public async Task<BuildView> RequestAsync(string project, BuildRequest request, Caller caller, CancellationToken token)
    {
        var (document, _) = await projects.FindAsync(project, token) ?? throw BuildProjectCatalog.NoProject(project);
        caller.RequireMayPublish(document.Name);
        var name = string.IsNullOrWhiteSpace(request.Ref) ? null : request.Ref.Trim();
        if (name is { Length: > LongestRef } || name?.StartsWith('-') == true || name?.Any(c => char.IsControl(c) || c is ' ' or '~' or '^' or ':' or '?' or '*' or '[' or '\\') == true)
            throw new ApiException(400, ProblemCodes.InvalidRequest, "This cannot be the name of a branch or tag, nor the hash of a commit.", "Write it like main, v1.4.0 or the 40 digits of a commit.");
        var admission = await grains.GetGrain<IProjectGrain>(document.Name).Request(new BuildOrder { Ref = name, By = caller.Name, Trigger = BuildTriggers.Request });
        if (admission.Outcome == BuildAdmissionOutcome.Gone) throw BuildProjectCatalog.NoProject(project);
        return (await builds.FindAsync(admission.Build, token))!;
    }

    /// <summary>Ends a build before its end; what it had published stays.</summary>
    /// <exception cref="ApiException">There is no such build, the caller may not, or it has ended.</exception>
    public async Task<BuildView> CancelAsync(string id, Caller caller, CancellationToken token)
    {
        var view = await builds.FindAsync(id, token) ?? throw Unknown(id);
        caller.RequireMayPublish(view.Project);
        if (BuildStates.IsEnded(view.State)) throw new ApiException(409, ProblemCodes.WrongState, $"Build {id} has ended: it is {view.State}.", null);
        await writer.WriteAsync(context => audit.Record(context, caller.Name, "build.cancelled", view.Project, id), token);
        await grains.GetGrain<IBuildGrain>(id).Cancel(caller.Name);
        return (await builds.FindAsync(id, token))!;
    }

    public static ApiException Unknown(string id) => new(404, ProblemCodes.NotFound, $"There is no build '{id}'.", "See 'wheelhouse builds' for the ids.");
}
