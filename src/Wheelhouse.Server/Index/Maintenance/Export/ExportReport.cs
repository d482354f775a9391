namespace Wheelhouse.Server.Index.Maintenance.Export;

/// <summary>What came of an export.</summary>
/// <param name="Copied">How many files were copied.</param>
/// <param name="Present">How many were there already.</param>
/// <param name="Bytes">How many bytes all of them have.</param>
/// <param name="Failed">Those that are not in the export.</param>
internal sealed record ExportReport(int Copied, int Present, long Bytes, IReadOnlyList<FailedFile> Failed);

/// <summary>A file that was not exported.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Project">Its project; null when it has none.</param>
/// <param name="Reason">Why, as in <c>…: its bytes are damaged</c>.</param>
internal sealed record FailedFile(string Name, string? Project, string Reason);
