using Wheelhouse.Contracts.Services;

namespace Wheelhouse.Server.Web.Documents;

/// <summary>A service's document and its history.</summary>
/// <param name="Newest">The newest revision.</param>
/// <param name="IsDeleted">Whether the service was deleted after it.</param>
/// <param name="History">All revisions, the newest first.</param>
/// <param name="MayEdit">Whether the person may change it.</param>
public sealed record DocumentModel(ServiceRevisionView Newest, bool IsDeleted, IReadOnlyList<RevisionEntry> History, bool MayEdit);

/// <summary>A revision without its text.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="AppliedAt">When it was applied.</param>
/// <param name="AppliedBy">Who applied it.</param>
public sealed record RevisionEntry(int Number, DateTimeOffset AppliedAt, string AppliedBy);
