using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.NewRelic;

/// <summary>An entity of New Relic; see <see cref="NewRelicNotifier"/>.</summary>
public sealed partial record NewRelicOptions : IValidatableObject
{
    /// <summary>A user key.</summary>
    public required SecretName Key { get; init; }

    /// <summary>The GUID of the entity whose charts show the change.</summary>
    public required string EntityGuid { get; init; }

    /// <summary>Where the account's data is: <c>us</c> or <c>eu</c>.</summary>
    [AllowedValues("us", "eu", ErrorMessage = "This must be us or eu.")]
    public string Region { get; init; } = "us";

    /// <summary>Where NerdGraph is; by default New Relic's own of the region.</summary>
    public string? Api { get; init; }

    internal Uri Url => new(Api ?? (Region == "eu" ? "https://api.eu.newrelic.com/graphql" : "https://api.newrelic.com/graphql"));

    /// <summary>Refuses a GUID that is none, and an address that is none.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!GuidPattern().IsMatch(EntityGuid)) yield return new ValidationResult("This is not the GUID of an entity; copy it from the entity's page, behind 'See metadata and manage tags'.", ["entity_guid"]);
        if (Api is not null && ServerUrl.FindFlaw(Api) is { } flaw) yield return new ValidationResult(flaw, ["api"]);
    }

    [GeneratedRegex(@"^[A-Za-z0-9+/_-]{8,200}={0,2}\z", RegexOptions.None, 1000)]
    private static partial Regex GuidPattern();
}
