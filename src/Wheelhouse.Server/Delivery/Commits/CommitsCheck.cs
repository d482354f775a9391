using System.Globalization;
using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Python.Versions;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Delivery.Commits;

/// <summary>Checks what somebody says of a release's commits. Pure.</summary>
internal static class CommitsCheck
{
    private const int LongestSubject = 300;
    private const int LongestAuthor = 200;
    private const int LongestLink = 500;

    /// <summary>The same with versions and hashes in their normal form.</summary>
    /// <param name="request">What was said.</param>
    /// <param name="release">The release of which it was said.</param>
    /// <exception cref="ApiException">400, naming every field that is wrong.</exception>
    public static ReleaseCommitsRequest Normalize(ReleaseCommitsRequest request, PythonVersion release)
    {
        var errors = new List<DocumentError>();
        void Wrong(string field, string message, string? fix = null) => errors.Add(new DocumentError(0, 0, field, message, fix));

        if (!IsSha(request.Commit)) Wrong("commit", "It is not the hash of a commit.", "Send all 40 (or 64) hexadecimal digits, as 'git rev-parse HEAD' prints them.");
        var previous = PythonVersion.TryParse(request.Previous, out var parsed) ? parsed : null;
        if (request.Previous is not null && previous is null) Wrong("previous", $"'{request.Previous}' is not a version (PEP 440).", "Write it like 1.4.0, or leave it out.");
        if (release.Equals(previous)) Wrong("previous", "A release does not come before itself.", "Name the release before it, or leave it out.");
        if (request.Commits is null) Wrong("commits", "It is missing.", "Send a list; it may be empty.");
        else if (request.Commits.Count > ReleaseCommitsRequest.MostCommits)
            Wrong("commits", $"There are {request.Commits.Count}; at most {ReleaseCommitsRequest.MostCommits} are taken.", "Send the newest ones.");
        else foreach (var (i, commit) in request.Commits.Index()) Check(commit, string.Create(CultureInfo.InvariantCulture, $"commits[{i}]"), Wrong);
        if (errors.Count > 0) throw Invalid(errors);
        return request with
        {
            Commit = request.Commit.ToLowerInvariant(),
            Previous = previous?.ToString(),
            Commits = [.. request.Commits!.Select(commit => commit with { Sha = commit.Sha.ToLowerInvariant(), At = commit.At.ToUniversalTime() })],
        };
    }

    private static void Check(CommitView? commit, string field, Action<string, string, string?> wrong)
    {
        if (commit is null)
        {
            wrong(field, "It is null.", "Send an object, or leave it out.");
            return;
        }

        if (!IsSha(commit.Sha)) wrong($"{field}.sha", "It is not the hash of a commit.", "Send all 40 (or 64) hexadecimal digits.");
        if (commit.At == default) wrong($"{field}.at", "It is missing.", "Send the committer's date, as 'git log --format=%cI' prints it.");
        CheckText(commit.Subject, $"{field}.subject", LongestSubject, isRequired: true, wrong);
        CheckText(commit.Author, $"{field}.author", LongestAuthor, isRequired: false, wrong);
        CheckText(commit.Link, $"{field}.link", LongestLink, isRequired: false, wrong);
        if (commit.Link is { } link && !(Uri.TryCreate(link, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp) && uri.UserInfo.Length == 0))
            wrong($"{field}.link", "It is not an address of the web.", "Send one that begins with https:// and holds no password.");
    }

    private static void CheckText(string? text, string field, int longest, bool isRequired, Action<string, string, string?> wrong)
    {
        if (text is null && isRequired) wrong(field, "It is missing.", "Send a text; it may be empty.");
        else if (text?.Length > longest) wrong(field, $"It has {text.Length} characters; at most {longest} are taken.", "Shorten it.");
        else if (text?.Any(char.IsControl) == true) wrong(field, "It has control characters.", "Leave them out.");
    }

    private static bool IsSha(string? text) => text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigit);

    private static ApiException Invalid(IReadOnlyList<DocumentError> errors) => new(
        400, ProblemCodes.InvalidRequest, $"{errors[0].Field}: {errors[0].Message}{(errors.Count > 1 ? $" And {errors.Count - 1} more errors." : "")} Nothing was recorded.", errors[0].Fix)
    { Errors = errors };
}
