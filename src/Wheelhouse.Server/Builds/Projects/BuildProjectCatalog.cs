using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Python.Names;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Builds.Journal;
using Wheelhouse.Server.Builds.Running;
using Wheelhouse.Server.Builds.Sources;
using Wheelhouse.Server.Builds.Triggers;
using Wheelhouse.Server.Hosting;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Secrets;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Builds.Projects;

/// <summary>Reads, applies and deletes projects to build.</summary>
internal sealed class BuildProjectCatalog(
    IDbContextFactory<WheelhouseContext> contexts, DatabaseWriter writer, AuditLog audit, BuildProjectParser parser, ISources sources, EnvironmentCache environments,
    ServerAddress address, IOptions<SandboxOptions> sandbox, TimeProvider time)
{
    /// <summary>All projects by name, each with its newest build.</summary>
    public async Task<IReadOnlyList<BuildProjectView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Set<BuildProjectRow>().AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken);
        var views = new List<BuildProjectView>();
        foreach (var row in rows) views.Add(await ViewAsync(context, row, cancellationToken));
        return views;
    }

    /// <summary>The names of all projects, in order.</summary>
    public async Task<IReadOnlyList<string>> ListNamesAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Set<BuildProjectRow>().Select(row => row.Name).OrderBy(name => name).ToListAsync(cancellationToken);
    }

    /// <summary>One project.</summary>
    /// <exception cref="ApiException">404: there is none of the name.</exception>
    public async Task<BuildProjectView> RequireAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var normalized = ProjectName.Normalize(name);
        var row = await context.Set<BuildProjectRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Name == normalized, cancellationToken);
        return row is null ? throw NoProject(name) : await ViewAsync(context, row, cancellationToken);
    }

    /// <summary>What the document of a project says now, and its revision; null when there is no such project.</summary>
    /// <exception cref="ApiException">422: it is not valid for this server any more.</exception>
    public async Task<(BuildProjectDocument Document, int Revision)?> FindAsync(string name, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var normalized = ProjectName.Normalize(name);
        var row = await context.Set<BuildProjectRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Name == normalized, cancellationToken);
        if (row is null) return null;
        var parsed = parser.Parse(row.Yaml);
        return parsed.Projects is [var project] ? (project.Document, row.Revision) : throw DocumentBody.Invalid(parsed.Errors);
    }

    /// <summary>Reads a file of projects, and whether this server has the secrets that it names and gives what it asks for.</summary>
    /// <exception cref="ApiException">422: it has errors.</exception>
    public async Task<IReadOnlyList<ParsedBuildProject>> ReadAsync(string yaml, CancellationToken cancellationToken)
    {
        var parsed = parser.Parse(yaml);
        if (parsed.Errors.Count > 0) throw DocumentBody.Invalid(parsed.Errors);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await context.Set<SecretRow>().Select(row => row.Name).ToListAsync(cancellationToken);
        var lines = yaml.Split('\n');
        var errors = parsed.Projects.SelectMany(project => project.Document.Secrets).Distinct().Where(secret => !known.Contains(secret))
            .Select(secret => new DocumentError(LineOf($"secret:{secret}"), 0, $"secret:{secret}", $"There is no secret '{secret}'.", $"Keep it first: wheelhouse secrets set {secret}")).ToList();
        if (!sandbox.Value.AllowNetwork && parsed.Projects.Any(project => project.Document.HasNetwork))
        {
            errors.Add(new DocumentError(
                LineOf("network:"), 0, "network", "This server's builds have no network but the index.", "Leave 'network' out, or have the server's setting builds.sandbox.allow_network set."));
        }

        return errors.Count == 0 ? parsed.Projects : throw DocumentBody.Invalid(errors);

        int LineOf(string what) => Array.FindIndex(lines, line => line.Contains(what, StringComparison.Ordinal)) + 1;
    }

    /// <summary>Applies all projects of a file, or none. A new one is built when something is pushed from now on, or somebody asks for it.</summary>
    /// <param name="projects">The projects.</param>
    /// <param name="by">Who applies them.</param>
    /// <param name="cancellationToken">Ends it before it is applied.</param>
    /// <param name="basis">The revision that was edited, 0 for none; null applies to any.</param>
    /// <exception cref="ApiException">409: a project has another revision than the one that was edited.</exception>
    public Task<IReadOnlyList<AppliedBuildProject>> ApplyAsync(IReadOnlyList<ParsedBuildProject> projects, string by, CancellationToken cancellationToken, int? basis = null) =>
        writer.WriteAsync<IReadOnlyList<AppliedBuildProject>>(context => [.. projects.Select(project => Apply(context, project, by, basis))], cancellationToken);

    /// <summary>Deletes a project, with what this machine has of its repository; its builds stay in the history.</summary>
    /// <exception cref="ApiException">404: there is none of the name; 409: a build of it has not ended.</exception>
    public async Task DeleteAsync(string name, string by, CancellationToken cancellationToken)
    {
        var normalized = ProjectName.Normalize(name);
        await writer.WriteAsync(context => Delete(context, normalized, name, by), cancellationToken);
        await sources.ForgetAsync(normalized, CancellationToken.None);
        environments.Forget(normalized);
    }

    private void Delete(WheelhouseContext context, string normalized, string name, string by)
    {
        var row = context.Find<BuildProjectRow>(normalized) ?? throw NoProject(name);
        if (context.Set<BuildRow>().Where(BuildRow.IsOpen).FirstOrDefault(build => build.Project == normalized) is { } open)
            throw new ApiException(409, ProblemCodes.WrongState, $"Build {open.Id} of {normalized} has not ended.", $"Wait for it, or cancel it: wheelhouse builds cancel {open.Id}");
        context.Remove(row);
        context.Set<HookDeliveryRow>().Where(delivery => delivery.Project == normalized).ExecuteDelete();
        audit.Record(context, by, "project.deleted", normalized, detail: null);
    }

    internal static ApiException NoProject(string name) => new(404, ProblemCodes.NotFound, $"There is no project '{name}' to build.", "See 'wheelhouse projects', or add it with 'wheelhouse projects add URL'.");

    private static ApiException Changed(string name, BuildProjectRow? now) => new(
        409, ProblemCodes.WrongState,
        now is null ? $"The project {name} was deleted meanwhile." : $"{now.AppliedBy} applied revision {now.Revision} of the project {name} meanwhile.",
        "Look at it, then save again to replace it.");

    private AppliedBuildProject Apply(WheelhouseContext context, ParsedBuildProject project, string by, int? basis)
    {
        var name = project.Document.Name;
        var known = context.Find<BuildProjectRow>(name);
        if (basis is not null && basis != (known?.Revision ?? 0)) throw Changed(name, known);
        if (known?.Yaml == project.Yaml) return new AppliedBuildProject(name, known.Revision, "unchanged");
        var row = known ?? context.Add(new BuildProjectRow { Name = name, Yaml = project.Yaml, AppliedBy = by }).Entity;
        if (known is not null && IsElsewhere(known, project)) (row.Polled, row.PollError, row.PolledAt) = (null, null, null);
        (row.Yaml, row.AppliedBy, row.AppliedAt) = (project.Yaml, by, time.GetUtcNow());
        row.Revision++;
        var change = known is null ? "created" : "updated";
        audit.Record(context, by, "project.applied", name, $"{change}, revision {row.Revision}");
        return new AppliedBuildProject(name, row.Revision, change);
    }

    private bool IsElsewhere(BuildProjectRow known, ParsedBuildProject project) => parser.Parse(known.Yaml).Projects is not [var before] || before.Document.Repository != project.Document.Repository;

    private async Task<BuildProjectView> ViewAsync(WheelhouseContext context, BuildProjectRow row, CancellationToken cancellationToken)
    {
        var parsed = parser.Parse(row.Yaml);
        var document = parsed.Projects is [var project] ? project.Document : null;
        var last = await context.Set<BuildRow>().AsNoTracking()
            .Where(build => build.Project == row.Name && build.State != BuildStates.Skipped && build.State != BuildStates.Superseded && build.Trigger != BuildTriggers.WorkingTree)
            .OrderByDescending(build => build.Id).FirstOrDefaultAsync(cancellationToken);
        return new BuildProjectView(row.Name, document?.Repository ?? "", row.Revision, row.AppliedAt, row.AppliedBy, row.Yaml)
        {
            Hook = document?.Webhook is null ? null : $"{address.PublicText}/hooks/{row.Name}",
            Errors = parsed.Errors,
            LastBuild = last?.ToBrief(),
            PollError = row.PollError,
        };
    }
}
