using Wheelhouse.Contracts.Index;
using Wheelhouse.Server.Index.Projects;

namespace Wheelhouse.Server.Web.Packages;

/// <summary>One project of the index.</summary>
/// <param name="Project">It, with its releases.</param>
/// <param name="About">What its newest release says about itself; null when that has no wheel.</param>
/// <param name="Present">Those of the dependencies that are on this index too, by normalised name.</param>
/// <param name="Running">Where its releases run.</param>
/// <param name="MayYank">Whether the person may yank its files.</param>
/// <param name="MayAdminister">Whether the person may set its status.</param>
/// <param name="Address">The server's address for people, without a slash at its end.</param>
public sealed record ProjectModel(
    ProjectDetail Project,
    ReleaseAbout? About,
    IReadOnlyList<string> Present,
    IReadOnlyList<RunningRelease> Running,
    bool MayYank,
    bool MayAdminister,
    string Address);
