using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Index.Curation;

/// <summary>The reasons for which files are not deleted.</summary>
internal static class FileRefusals
{
    private const int MostNamed = 5;

    public static ApiException Needed(FileSelection selection, IReadOnlyList<string> needed)
    {
        var rest = needed.Count > MostNamed ? $" and {needed.Count - MostNamed} more" : "";
        return new(
            StatusCodes.Status409Conflict, ProblemCodes.FileNeeded, $"{selection} is needed by {string.Join(", ", needed.Take(MostNamed))}{rest}.",
            "Yank it instead: installers leave it out, and reverts still find it. To delete it all the same, force it and give a reason.");
    }

    public static ApiException ForceNeedsReason() =>
        new(StatusCodes.Status400BadRequest, ProblemCodes.InvalidRequest, "force needs a reason.", "Say why, for those whose revert will fail.");
}
