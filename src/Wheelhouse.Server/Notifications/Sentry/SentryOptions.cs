using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Sentry;

/// <summary>Projects of Sentry; see <see cref="SentryNotifier"/>.</summary>
public sealed partial record SentryOptions : IValidatableObject
{
    /// <summary>The address of Sentry.</summary>
    public string Url { get; init; } = "https://sentry.io";

    /// <summary>The slug of the organization.</summary>
    public required string Organization { get; init; }

    /// <summary>The slugs of the projects that the releases belong to.</summary>
    public required IReadOnlyList<string> Projects { get; init; }

    /// <summary>A token with the scope <c>project:releases</c> (or <c>org:ci</c>).</summary>
    public required SecretName Token { get; init; }

    /// <summary>What stands before the version in the name of a release, such as <c>billing@</c>; by default nothing. The program must say the same name.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Refuses an address that is none, slugs that are none, and prefixes that Sentry does not take.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ServerUrl.FindFlaw(Url) is { } flaw) yield return new ValidationResult(flaw, ["url"]);
        if (!SlugPattern().IsMatch(Organization)) yield return new ValidationResult("This is not the slug of an organization; copy it from the address of its page.", ["organization"]);
        if (Projects.Count == 0) yield return new ValidationResult("A release belongs to a project; add one.", ["projects"]);
        for (var i = 0; i < Projects.Count; i++)
        {
            if (!SlugPattern().IsMatch(Projects[i])) yield return new ValidationResult("This is not the slug of a project; copy it from the address of its page.", [$"projects[{i}]"]);
        }

        if (Prefix.Length > 100 || Prefix.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c is '/' or '\\'))
            yield return new ValidationResult("A prefix has at most 100 characters, without spaces and slashes; such as billing@.", ["prefix"]);
    }

    [GeneratedRegex(@"^[a-z0-9_-]{1,100}\z", RegexOptions.None, 1000)]
    private static partial Regex SlugPattern();
}
