using Wheelhouse.Contracts.Doctor;
using Wheelhouse.Server.Web.Components;

namespace Wheelhouse.Server.Web.Nodes;

/// <summary>What the doctor found so far. Not for several threads.</summary>
/// <param name="nodes">How many nodes are looked at.</param>
internal sealed class DoctorReport(int nodes)
{
    private readonly List<DoctorFinding> _findings = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>How many nodes are looked at.</summary>
    public int Nodes => nodes;

    /// <summary>How many of them have answered or failed: all findings of a node come together.</summary>
    public int Done => _seen.Count;

    /// <summary>What somebody has to look at: what failed before the warnings, each by node.</summary>
    public IReadOnlyList<DoctorFinding> Problems => Find("failed", "warning");

    /// <summary>The rest: what was skipped before what is well, each by node.</summary>
    public IReadOnlyList<DoctorFinding> Passed => Find("skipped", "ok");

    /// <summary>Whether a node showed a host key that nobody has trusted.</summary>
    public bool HasUntrustedKeys => _findings.Exists(finding => finding is { Check: "host_key", Status: "failed" });

    /// <summary>Adds a finding.</summary>
    public void Add(DoctorFinding finding)
    {
        _findings.Add(finding);
        if (finding.Node is { } node) _seen.Add(node);
    }

    /// <summary>The findings by how bad they are: <c>2 failed, 1 warning, 30 ok</c>.</summary>
    public string Summary() => _findings.Count == 0 ? "no finding yet" : string.Join(", ",
        from status in (string[])["failed", "warning", "skipped", "ok"]
        let count = _findings.Count(finding => finding.Status == status)
        where count > 0
        select status == "warning" && count != 1 ? $"{count} warnings" : $"{count} {status}");

    private List<DoctorFinding> Find(string first, string second) =>
    [
        .. _findings.Where(finding => finding.Status == first || finding.Status == second)
            .OrderBy(finding => finding.Status == first ? 0 : 1).ThenBy(finding => finding.Node, NaturalOrder.Instance),
    ];
}
