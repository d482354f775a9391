using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Datadog;

/// <summary>An organization of Datadog; see <see cref="DatadogNotifier"/>.</summary>
public sealed partial record DatadogOptions : IValidatableObject
{
    /// <summary>An API key.</summary>
    public required SecretName Key { get; init; }

    /// <summary>The site of the organization, such as <c>us5.datadoghq.com</c> or <c>datadoghq.eu</c>.</summary>
    public string Site { get; init; } = "datadoghq.com";

    /// <summary>More tags of every event, such as <c>team:payments</c>.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Where the API is; by default the site's.</summary>
    public string? Api { get; init; }

    internal Uri Url => ServerUrl.Join(Api ?? $"https://api.{Site}", "api/v1/events");

    /// <summary>Refuses a site that is none of Datadog's, to which no key may go.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!SitePattern().IsMatch(Site)) yield return new ValidationResult("This is not a site of Datadog; write it as in its documentation, such as datadoghq.com, us5.datadoghq.com or datadoghq.eu.", ["site"]);
        if (Api is not null && ServerUrl.FindFlaw(Api) is { } flaw) yield return new ValidationResult(flaw, ["api"]);
        for (var i = 0; i < Tags.Count; i++)
        {
            if (Tags[i].Length == 0 || Tags[i].Any(c => char.IsWhiteSpace(c) || c == ',')) yield return new ValidationResult("This is not a tag; write it as key:value, without spaces and commas.", [$"tags[{i}]"]);
        }
    }

    [GeneratedRegex(@"^(?:[a-z0-9]+\.)?(?:datadoghq\.com|datadoghq\.eu|ddog-gov\.com)\z", RegexOptions.None, 1000)]
    private static partial Regex SitePattern();
}
