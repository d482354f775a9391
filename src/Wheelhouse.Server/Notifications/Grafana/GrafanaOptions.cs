using System.ComponentModel.DataAnnotations;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Grafana;

/// <summary>A Grafana, and where it shows annotations; see <see cref="GrafanaNotifier"/>.</summary>
public sealed record GrafanaOptions : IValidatableObject
{
    /// <summary>The address of Grafana, such as <c>https://grafana.example.com</c>.</summary>
    public required string Url { get; init; }

    /// <summary>The token of a service account that may create and write annotations.</summary>
    public required SecretName Token { get; init; }

    /// <summary>The dashboard that shows the annotations; by default every dashboard can, by their tags.</summary>
    public string? DashboardUid { get; init; }

    /// <summary>The panel of <see cref="DashboardUid"/> that shows them; by default all do.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "The id of a panel is 1 or more.")]
    public int? PanelId { get; init; }

    /// <summary>More tags of every annotation.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Refuses an address that is none, a panel without a dashboard, and tags that are too long.</summary>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ServerUrl.FindFlaw(Url) is { } flaw) yield return new ValidationResult(flaw, ["url"]);
        if (PanelId is not null && DashboardUid is null) yield return new ValidationResult("A panel is one of a dashboard; add dashboard_uid.", ["panel_id"]);
        for (var i = 0; i < Tags.Count; i++)
        {
            if (Tags[i].Length > 100) yield return new ValidationResult("A tag has at most 100 characters.", [$"tags[{i}]"]);
        }
    }
}
