namespace Wheelhouse.Contracts.Secrets;

/// <summary>A secret that the server keeps. Its value is never shown again.</summary>
/// <param name="Name">The name by which documents use it, as <c>secret:NAME</c>.</param>
/// <param name="SetAt">When its value was last set.</param>
/// <param name="SetBy">Who set it.</param>
/// <param name="UsedBy">What names it, such as <c>the channel ops-chat</c>.</param>
public sealed record SecretView(string Name, DateTimeOffset SetAt, string SetBy, IReadOnlyList<string> UsedBy);

/// <summary>The value of a secret.</summary>
/// <param name="Value">1 to 65,536 characters.</param>
public sealed record SecretRequest(string Value);
