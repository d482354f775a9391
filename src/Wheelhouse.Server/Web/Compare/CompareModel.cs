using Wheelhouse.Server.Rollouts;

namespace Wheelhouse.Server.Web.Compare;

/// <summary>Two rollouts beside each other.</summary>
/// <param name="Rollouts">Both, with what differs between their releases.</param>
/// <param name="OldDocument">The document that the first one worked by; null when it is not kept.</param>
/// <param name="NewDocument">The document that the second one worked by; null when it is not kept.</param>
public sealed record CompareModel(RolloutComparison Rollouts, string? OldDocument, string? NewDocument);
