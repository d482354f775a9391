using Wheelhouse.Contracts.Nodes;
using Wheelhouse.Server.Web.Components;

namespace Wheelhouse.Server.Web.Nodes;

/// <summary>The host keys of an environment, by what is to be done about them. Pure.</summary>
/// <param name="Keys">All that were shown or could not be read.</param>
internal sealed record HostKeyList(IReadOnlyList<HostKeyView> Keys)
{
    /// <summary>What a person has to look at: changed ones, then new ones, then those that could not be read; each by node.</summary>
    public IReadOnlyList<HostKeyView> Open =>
        [.. Keys.Where(key => Rank(key) < 3).OrderBy(Rank).ThenBy(key => key.Node, NaturalOrder.Instance)];

    /// <summary>Those that nothing is to be done about, by node.</summary>
    public IReadOnlyList<HostKeyView> Trusted => [.. Keys.Where(key => Rank(key) == 3).OrderBy(key => key.Node, NaturalOrder.Instance)];

    /// <summary>The fingerprints that were never seen before, each once. Those of changed keys are not among them: each needs a decision of its own.</summary>
    public IReadOnlyList<string> NewFingerprints => [.. Keys.Where(key => Rank(key) == 1).Select(key => key.Fingerprint).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether the node showed its key.</summary>
    public static bool IsRead(HostKeyView key) => key.Error is null && key.Fingerprint.Length > 0;

    /// <summary>Such as <c>12 host keys: 1 changed, 2 not trusted yet, 9 trusted</c>.</summary>
    public string Summary()
    {
        var counts = Keys.OrderBy(Rank).CountBy(key => Look.OfHostKey(key.Status).Word).Select(count => $"{count.Value} {count.Key}");
        return $"{(Keys.Count == 1 ? "1 host key" : $"{Keys.Count} host keys")}: {string.Join(", ", counts)}.";
    }

    /// <summary>The command that prints the fingerprint on the node itself, to compare it with.</summary>
    public static string CommandFor(HostKeyView key)
    {
        var kind = key.Algorithm switch
        {
            "ssh-rsa" => "rsa",
            var algorithm when algorithm.StartsWith("ecdsa-", StringComparison.Ordinal) => "ecdsa",
            _ => "ed25519",
        };
        return $"ssh-keygen -lf /etc/ssh/ssh_host_{kind}_key.pub";
    }

    private static int Rank(HostKeyView key) => key.Status switch
    {
        "changed" => 0,
        "new" => 1,
        "trusted" => 3,
        _ => 2,
    };
}
