using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Python.Names;
using Wheelhouse.Python.Versions;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index.Curation;

/// <summary>Which files of a project are meant: all of them, those of a release, or one.</summary>
/// <param name="Project">The normalised name.</param>
/// <param name="Version">Only files of this version, in its normal form; null for all.</param>
/// <param name="FileName">Only this file; null for all.</param>
internal sealed record FileSelection(string Project, string? Version = null, string? FileName = null)
{
    /// <summary>Such as <c>acme 1.0</c>.</summary>
    public override string ToString() => FileName ?? (Version is null ? Project : $"{Project} {Version}");

    /// <summary>Reads what a request's path names.</summary>
    /// <exception cref="ApiException">404: nothing can have such a name.</exception>
    public static FileSelection Of(string project, string? version = null, string? fileName = null)
    {
        if (!ProjectName.IsValid(project)) throw NotFound($"project '{project}'");
        if (version is null) return new(ProjectName.Normalize(project), FileName: fileName);
        return PythonVersion.TryParse(version, out var parsed) ? new(ProjectName.Normalize(project), parsed.ToString()) : throw NotFound($"release {project} {version}");
    }

    /// <summary>The project and the files that are meant.</summary>
    /// <exception cref="ApiException">404: there is none.</exception>
    public List<FileRow> Find(WheelhouseContext context)
    {
        var files = context.Set<FileRow>().Include(file => file.Project).Where(file => file.Project!.Name == Project).AsEnumerable();
        if (Version is not null)
        {
            var wanted = PythonVersion.Parse(Version);
            files = files.Where(file => PythonVersion.Parse(file.Version) == wanted);
        }

        if (FileName is not null) files = files.Where(file => file.FileName == FileName);
        return files.ToList() is { Count: > 0 } found ? found : throw NotFound(FileName is null ? $"file of {this}" : $"file '{FileName}' of {Project}");
    }

    private static ApiException NotFound(string what) => new(StatusCodes.Status404NotFound, ProblemCodes.NotFound, $"There is no {what} on this index.");
}
