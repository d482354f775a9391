using Wheelhouse.Contracts.Access;
using Wheelhouse.Server.Access;

namespace Wheelhouse.Server.Web.Audit;

/// <summary>One page of the audit log.</summary>
/// <param name="Rows">The changes, the newest first.</param>
/// <param name="HasOlder">Whether there are older ones.</param>
/// <param name="Choices">What the log can be filtered by.</param>
public sealed record AuditModel(IReadOnlyList<AuditView> Rows, bool HasOlder, AuditChoices Choices);
