using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Services.Document;

/// <summary>Reads <c>policy</c>.</summary>
internal static class PolicyReader
{
    /// <summary>Reads a policy; what it does not say is as in <paramref name="defaults"/>.</summary>
    public static PolicyDocument Read(MapReader owner, PolicyDocument defaults)
    {
        if (owner.Find("policy") is not { } node || MapReader.Open(node, owner.Path("policy"), owner.Errors) is not { } map) return defaults;
        var policy = new PolicyDocument
        {
            Batches = ReadBatches(map) ?? defaults.Batches,
            FailureBudget = ReadCount(map, "failure_budget") ?? defaults.FailureBudget,
            MissingNodes = ReadCount(map, "missing_nodes") ?? defaults.MissingNodes,
            Soak = map.Time("soak", defaults.Soak),
            PauseOnFailure = map.Word("on_failure", defaults.PauseOnFailure ? "pause" : "revert", "revert", "pause") is "pause",
            Keep = map.Integer("keep", defaults.Keep, min: 2, max: 1000),
            ConnectTimeout = map.PositiveTime("connect_timeout", defaults.ConnectTimeout),
            ConnectRetries = map.Integer("connect_retries", defaults.ConnectRetries, min: 0, max: 20),
            StageTimeout = map.PositiveTime("stage_timeout", defaults.StageTimeout),
            ActivateTimeout = map.PositiveTime("activate_timeout", defaults.ActivateTimeout),
            ProveTimeout = map.PositiveTime("prove_timeout", defaults.ProveTimeout),
        };
        map.Finish();
        return policy;
    }

    private static IReadOnlyList<NodeCount>? ReadBatches(MapReader map)
    {
        if (map.Find("batches") is not { } node) return null;
        if (node is not ListNode list) return ReadCount(node, map.Path("batches"), map.Errors, min: 1) is { } one ? [one] : null;
        if (list.Items.Count == 0)
        {
            map.Errors.Add(node, map.Path("batches"), "The list of batches is empty.", "Write it like [1, 25%].");
            return null;
        }

        return [.. list.Items.Select((item, i) => ReadCount(item, $"{map.Path("batches")}[{i}]", map.Errors, min: 1)).OfType<NodeCount>()];
    }

    private static NodeCount? ReadCount(MapReader map, string key) =>
        map.Find(key) is { } node ? ReadCount(node, map.Path(key), map.Errors, min: 0) : null;

    private static NodeCount? ReadCount(DocumentNode node, string path, DocumentErrors errors, int min)
    {
        if (node is ScalarNode scalar && NodeCount.TryParse(scalar.Text, out var count) && count.Value >= min) return count;
        errors.Add(node, path, $"This must be a number of nodes from {min}, or a percentage up to 100%.", "Write it like 2 or 25%.");
        return null;
    }
}
