using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Notifications;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Notifications.Deliveries;
using Wheelhouse.Server.Secrets;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Notifications.Channels;

/// <summary>Finds which secrets channels name, also those whose document is not valid any more.</summary>
internal sealed class SecretNames : ISecretUse
{
    public IEnumerable<(string Secret, string User)> Find(WheelhouseContext context) =>
        from row in context.Set<ChannelRow>().AsNoTracking().ToList()
        from secret in NamesOf(row)
        select (secret, $"the channel {row.Name}");

    /// <summary>What waits in a channel that names it is sent at once.</summary>
    public void Renew(WheelhouseContext context, string secret)
    {
        var waiting = context.Set<DeliveryRow>().Where(row => row.State == DeliveryStates.Waiting).ToList();
        foreach (var row in waiting.Where(row => context.Find<ChannelRow>(row.Channel) is { } channel && NamesOf(channel).Contains(secret))) row.NextAt = null;
    }

    /// <summary>The names in a part of a document.</summary>
    public static IEnumerable<string> In(DocumentNode node) => node switch
    {
        ScalarNode scalar when scalar.Text.StartsWith(SecretName.Prefix, StringComparison.Ordinal) => [scalar.Text[SecretName.Prefix.Length..]],
        MapNode map => map.Entries.SelectMany(entry => In(entry.Value)),
        ListNode list => list.Items.SelectMany(In),
        _ => [],
    };

    private static IEnumerable<string> NamesOf(ChannelRow channel) =>
        from document in YamlComposer.Compose(channel.Yaml, new DocumentErrors())
        from secret in document.Root is { } root ? In(root) : []
        select secret;
}
