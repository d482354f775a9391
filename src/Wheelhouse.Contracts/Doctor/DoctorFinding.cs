namespace Wheelhouse.Contracts.Doctor;

/// <summary>The result of one check of the doctor.</summary>
/// <param name="Node">The node it was made on; null for one of the server itself.</param>
/// <param name="Check">The check's name, such as <c>disk</c>.</param>
/// <param name="Status"><c>ok</c>, <c>warning</c>, <c>failed</c> or <c>skipped</c>.</param>
/// <param name="Message">What was found, in a sentence.</param>
/// <param name="Fix">What to do about it; null when nothing.</param>
public sealed record DoctorFinding(string? Node, string Check, string Status, string Message, string? Fix);
