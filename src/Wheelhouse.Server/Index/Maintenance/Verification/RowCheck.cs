using Wheelhouse.Python.Distributions;
using Wheelhouse.Python.Names;
using Wheelhouse.Python.Versions;

namespace Wheelhouse.Server.Index.Maintenance.Verification;

/// <summary>Looks whether a row of the index can be reached: its project has a page, and the page can name it.</summary>
internal static class RowCheck
{
    private const string Fix = "Restore a backup of the database, or ask for help with this report: nothing but the database can have been changed.";

    /// <summary>What is wrong with the row alone; null when nothing is.</summary>
    public static Finding? Find(FileRow file)
    {
        var reason = ReasonFor(file);
        return reason is null ? null : Finding.On(IndexedFile.Of(file), FindingKinds.Unreachable, $"No page leads to it: {reason}.", Fix);
    }

    private static string? ReasonFor(FileRow file)
    {
        if (file.Project is not { } project) return "its project is not there";
        if (!ProjectName.IsValid(project.Name) || ProjectName.Normalize(project.Name) != project.Name) return $"the name of its project, '{project.Name}', is not a normalised one";
        if (!DistributionFileName.TryParse(file.FileName, out var name)) return "its name is neither a wheel's nor an sdist's";
        if (name.Project.Normalized != project.Name) return $"its name says another project than {project.Name}";
        if (!PythonVersion.TryParse(file.Version, out var version) || version != name.Version) return $"its name says another version than '{file.Version}'";
        return ProjectStatus.All.Contains(project.Status) ? null : $"'{project.Status}' is no status of a project";
    }
}
