using System.Text.RegularExpressions;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Python.Names;
using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Access.Tokens;

/// <summary>Checks what somebody asks for in a token.</summary>
internal static partial class TokenRequests
{
    private const int LongestName = 100;

    private const int LongestLimit = 1000;

    /// <summary>Checks a request and normalises the names of its projects.</summary>
    /// <exception cref="ApiException">400, with every error.</exception>
    public static TokenRequest Check(TokenRequest asked, DateTimeOffset now)
    {
        var request = Complete(asked);
        Refuse(Find(request, now));
        return Normalize(request);
    }

    /// <summary>JSON may say null where the type does not.</summary>
    public static TokenRequest Complete(TokenRequest asked) =>
        asked with { Services = asked.Services ?? [], Environments = asked.Environments ?? [], Projects = asked.Projects ?? [] };

    /// <summary>Finds every error of a complete request.</summary>
    public static IReadOnlyList<DocumentError> Find(TokenRequest request, DateTimeOffset now)
    {
        List<DocumentError?> errors = [CheckName(request.Name), CheckRole(request), CheckExpiry(request, now)];
        errors.AddRange(CheckLimit("services", request.Services, IsDocumentName, "lower case letters, digits and '-'"));
        errors.AddRange(CheckLimit("environments", request.Environments, IsDocumentName, "lower case letters, digits and '-'"));
        errors.AddRange(CheckLimit("projects", request.Projects, ProjectName.IsValid, "letters, digits, '.', '_' and '-'"));
        return [.. errors.OfType<DocumentError>()];
    }

    /// <summary>Normalises the names of a request's projects.</summary>
    public static TokenRequest Normalize(TokenRequest request) =>
        request with { Projects = [.. request.Projects.Select(ProjectName.Normalize).Distinct(StringComparer.Ordinal)] };

    /// <summary>Says what is wrong with the name of a token or a user, or null.</summary>
    public static DocumentError? CheckName(string? name) => name is { Length: > 0 and <= LongestName } && NamePattern().IsMatch(name) ? null : Error(
        "name", $"The name must have 1 to {LongestName} letters, digits and the characters . _ @ + -, and begin with a letter or digit.",
        "Say who or what it is, such as jenkins or ann@example.org.");

    /// <summary>Refuses when there are errors.</summary>
    /// <exception cref="ApiException">400, with every error.</exception>
    public static void Refuse(IReadOnlyList<DocumentError> errors)
    {
        if (errors.Count == 0) return;
        var message = string.Join(' ', errors.Select(error => $"{error.Field}: {error.Message}"));
        throw new ApiException(400, ProblemCodes.InvalidRequest, message, errors[0].Fix) { Errors = errors };
    }

    private static DocumentError? CheckRole(TokenRequest request)
    {
        if (!Roles.All.Contains(request.Role)) return Error("role", $"There is no role '{request.Role}'.", $"Use {string.Join(", ", Roles.All)}.");
        var isLimited = request.Services.Count + request.Environments.Count + request.Projects.Count > 0;
        return request.Role == Roles.Admin && isLimited
            ? Error("role", "An admin cannot be limited: an admin may make any token.", $"Leave out the limits, or use {Roles.Deployer}.")
            : null;
    }

    private static DocumentError? CheckExpiry(TokenRequest request, DateTimeOffset now) => request.ExpiresAt <= now
        ? Error("expiresAt", $"{request.ExpiresAt:u} has passed.", "Give a time in the future, or none for a token that does not expire.")
        : null;

    private static IEnumerable<DocumentError> CheckLimit(string field, IReadOnlyList<string> names, Func<string, bool> isValid, string wanted)
    {
        if (names.Count > LongestLimit) return [Error(field, $"There are more than {LongestLimit}.", "Leave it empty to allow all.")];
        return names.Index().Where(entry => entry.Item is not { Length: <= LongestName } || !isValid(entry.Item))
            .Select(entry => Error($"{field}[{entry.Index}]", $"'{entry.Item}' cannot be a name.", $"Use {wanted}."));
    }

    private static DocumentError Error(string field, string message, string fix) => new(0, 0, field, message, fix);

    private static bool IsDocumentName(string name) => DocumentNamePattern().IsMatch(name);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._@+-]*\z", RegexOptions.None, 1000)]
    private static partial Regex NamePattern();

    /// <summary>As the names of services and environments are in a service's document.</summary>
    [GeneratedRegex(@"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\z", RegexOptions.None, 1000)]
    private static partial Regex DocumentNamePattern();
}
