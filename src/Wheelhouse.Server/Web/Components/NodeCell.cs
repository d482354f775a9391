namespace Wheelhouse.Server.Web.Components;

/// <summary>One node in a <see cref="NodeGrid"/>.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Its state; see <see cref="Look.OfNode"/>.</param>
/// <param name="Version">What it runs, or null.</param>
/// <param name="Detail">More, in a sentence, or null.</param>
public sealed record NodeCell(string Name, string State, string? Version, string? Detail);
