namespace Wheelhouse.Contracts.Nodes;

/// <summary>A host key that a node showed.</summary>
/// <param name="Node">The node's name.</param>
/// <param name="Address">The address it was reached at.</param>
/// <param name="Port">The port; 22 when the inventory names none.</param>
/// <param name="Algorithm">Such as <c>ssh-ed25519</c>.</param>
/// <param name="Fingerprint">As OpenSSH prints it: <c>SHA256:…</c>.</param>
/// <param name="Status"><c>new</c>, <c>trusted</c> or <c>changed</c>; <c>unknown</c> when no key could be read.</param>
/// <param name="KnownHostsLine">The line that trusting the key would record.</param>
/// <param name="Error">Why no key could be read, or null.</param>
public sealed record HostKeyView(
    string Node, string Address, int Port, string Algorithm, string Fingerprint, string Status, string KnownHostsLine, string? Error);

/// <summary>Asks to trust host keys that a person has seen.</summary>
/// <param name="Fingerprints">The fingerprints as shown; a node that now shows another key is refused.</param>
public sealed record TrustRequest(IReadOnlyList<string> Fingerprints);
