using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Services.Document;

/// <summary>Reads <c>notify</c>: its shape here, the options by the notifier that is named.</summary>
internal static class NotifyReader
{
    /// <summary>Reads all entries; references to secrets must be well formed.</summary>
    public static IEnumerable<NotifyDocument> ReadAll(MapReader service)
    {
        foreach (var (item, path) in service.List("notify"))
        {
            if (item is not MapNode { Entries: [var (name, options)] })
            {
                service.Errors.Add(item, path, "An entry must be one notifier with its options.", "Write it like '- slack: { url: secret:slack }'.");
                continue;
            }

            if (Rules.Name(name.Text) is { } flaw) service.Errors.Add(name, $"{path}.{name.Text}", flaw.Message, flaw.Fix);
            CheckSecrets(options, $"{path}.{name.Text}", service.Errors);
            yield return new NotifyDocument(name.Text, options);
        }
    }

    private static void CheckSecrets(DocumentNode node, string path, DocumentErrors errors)
    {
        if (node is ScalarNode scalar && scalar.Text.StartsWith("secret:", StringComparison.Ordinal) && Rules.Name(scalar.Text["secret:".Length..]) is { } flaw)
            errors.Add(node, path, flaw.Message, "Write it like secret:slack.");
        if (node is MapNode map)
        {
            foreach (var (key, value) in map.Entries) CheckSecrets(value, $"{path}.{key.Text}", errors);
        }

        for (var i = 0; i < (node as ListNode)?.Items.Count; i++) CheckSecrets(((ListNode)node).Items[i], $"{path}[{i}]", errors);
    }
}
