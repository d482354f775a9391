using Wheelhouse.Contracts.Services;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Services.Catalog;

/// <summary>A revision of a service, read.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Document">What it says.</param>
public sealed record ServiceRevision(int Number, ServiceDocument Document)
{
    /// <summary>When it was applied.</summary>
    public required DateTimeOffset AppliedAt { get; init; }

    /// <summary>Who applied it.</summary>
    public required string AppliedBy { get; init; }

    /// <summary>The document as it was sent.</summary>
    public required string Yaml { get; init; }

    /// <summary>As the API shows it.</summary>
    public ServiceRevisionView ToView() => new(Document.Name, Number, AppliedAt, AppliedBy, Yaml);
}
