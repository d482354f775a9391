using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Notifications;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Notifications.Deliveries;
using Wheelhouse.Server.Secrets;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Notifications.Channels;

/// <summary>Reads, applies and deletes channels.</summary>
public sealed class ChannelCatalog(
    IDbContextFactory<WheelhouseContext> contexts, DatabaseWriter writer, AuditLog audit, ChannelDocumentParser parser, TimeProvider time)
{
    /// <summary>All channels by name, with how telling goes.</summary>
    public async Task<IReadOnlyList<ChannelView>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Set<ChannelRow>().AsNoTracking().OrderBy(row => row.Name).ToListAsync(cancellationToken);
        var deliveries = context.Set<DeliveryRow>().AsNoTracking();
        var waiting = (await deliveries.Where(row => row.State == DeliveryStates.Waiting).OrderBy(row => row.Event).ToListAsync(cancellationToken))
            .DistinctBy(row => row.Channel).ToDictionary(row => row.Channel, StringComparer.Ordinal);
        var dead = await deliveries.Where(row => row.State == DeliveryStates.Dead)
            .GroupBy(row => row.Channel).Select(group => new { group.Key, Count = group.Count() }).ToDictionaryAsync(group => group.Key, group => group.Count, cancellationToken);
        var sent = await deliveries.Where(row => row.State == DeliveryStates.Sent)
            .GroupBy(row => row.Channel).Select(group => new { group.Key, At = group.Max(row => row.LastAt) }).ToDictionaryAsync(group => group.Key, group => group.At, cancellationToken);
        return [.. rows.Select(row =>
        {
            var parsed = parser.Parse(row.Yaml);
            return new ChannelView(row.Name, parsed.Channels is [var channel] ? channel.Document.Notifier.Name : "", row.Revision, row.AppliedAt, row.AppliedBy, row.Yaml)
            {
                Waiting = waiting.GetValueOrDefault(row.Name)?.ToView(),
                Dead = dead.GetValueOrDefault(row.Name),
                LastSentAt = sent.TryGetValue(row.Name, out var at) ? at : null,
                Errors = parsed.Errors,
            };
        })];
    }

    /// <summary>One channel.</summary>
    /// <exception cref="ApiException">404: there is none of the name.</exception>
    public async Task<ChannelView> RequireAsync(string name, CancellationToken cancellationToken) =>
        (await ListAsync(cancellationToken)).FirstOrDefault(channel => channel.Name == name) ?? throw NoChannel(name);

    /// <summary>What a channel's document says.</summary>
    /// <exception cref="ApiException">404: there is none of the name; 422: it is not valid for this server any more.</exception>
    public async Task<ChannelDocument> RequireDocumentAsync(string name, CancellationToken cancellationToken)
    {
        var channel = await RequireAsync(name, cancellationToken);
        return channel.Errors.Count == 0 ? parser.Parse(channel.Yaml).Channels[0].Document : throw DocumentBody.Invalid(channel.Errors);
    }

    /// <summary>Reads a file of channels, and that there are the secrets that it names.</summary>
    /// <exception cref="ApiException">422: it has errors.</exception>
    public async Task<IReadOnlyList<ParsedChannel>> ReadAsync(string yaml, CancellationToken cancellationToken)
    {
        var parsed = parser.Parse(yaml);
        if (parsed.Errors.Count > 0) throw DocumentBody.Invalid(parsed.Errors);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var known = await context.Set<SecretRow>().Select(row => row.Name).ToListAsync(cancellationToken);
        var lines = yaml.Split('\n');
        var missing = parsed.Channels.SelectMany(channel => channel.Document.Secrets.Select(secret => (Channel: channel.Document, Secret: secret)))
            .Where(use => !known.Contains(use.Secret)).DistinctBy(use => use.Secret)
            .Select(use => new DocumentError(
                Array.FindIndex(lines, line => Names(line, use.Secret)) + 1, 0, use.Channel.Notifier.Name,
                $"There is no secret '{use.Secret}'.", $"Keep it first: wheelhouse secrets set {use.Secret}")).ToList();
        return missing.Count == 0 ? parsed.Channels : throw DocumentBody.Invalid(missing);
    }

    /// <summary>Applies all channels of a file, or none. A new one tells what happens from now on.</summary>
    /// <param name="channels">The channels.</param>
    /// <param name="by">Who applies them.</param>
    /// <param name="cancellationToken">Ends it before it is applied.</param>
    /// <param name="basis">The revision that was edited, 0 for none; null applies to any.</param>
    /// <exception cref="ApiException">409: a channel has another revision than the one that was edited.</exception>
    public Task<IReadOnlyList<AppliedChannel>> ApplyAsync(IReadOnlyList<ParsedChannel> channels, string by, CancellationToken cancellationToken, int? basis = null) =>
        writer.WriteAsync<IReadOnlyList<AppliedChannel>>(context => [.. channels.Select(channel => Apply(context, channel, by, basis))], cancellationToken);

    /// <summary>Deletes a channel and what is known of its deliveries; what it had not told is not told.</summary>
    /// <exception cref="ApiException">404: there is none of the name.</exception>
    public Task DeleteAsync(string name, string by, CancellationToken cancellationToken) => writer.WriteAsync(
        context =>
        {
            context.Remove(context.Find<ChannelRow>(name) ?? throw NoChannel(name));
            context.Set<DeliveryRow>().Where(row => row.Channel == name).ExecuteDelete();
            audit.Record(context, by, "channel.deleted", name, detail: null);
        },
        cancellationToken);

    /// <summary>Whether a line names a secret, and not one whose name only begins so.</summary>
    private static bool Names(string line, string secret)
    {
        var name = SecretName.Prefix + secret;
        for (var at = line.IndexOf(name, StringComparison.Ordinal); at >= 0; at = line.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            if (at + name.Length == line.Length || line[at + name.Length] is not ('-' or '_' or '.' or (>= 'a' and <= 'z') or (>= '0' and <= '9'))) return true;
        }

        return false;
    }

    internal static ApiException NoChannel(string name) => new(404, ProblemCodes.NotFound, $"There is no channel '{name}'.", "See 'wheelhouse channels', or apply its document.");

    private static ApiException Changed(string name, ChannelRow? now) => new(
        409, ProblemCodes.WrongState,
        now is null ? $"The channel '{name}' was deleted meanwhile." : $"{now.AppliedBy} applied revision {now.Revision} of the channel '{name}' meanwhile.",
        "Look at it, then save again to replace it.");

    private AppliedChannel Apply(WheelhouseContext context, ParsedChannel channel, string by, int? basis)
    {
        var name = channel.Document.Name;
        var known = context.Find<ChannelRow>(name);
        if (basis is not null && basis != (known?.Revision ?? 0)) throw Changed(name, known);
        if (known?.Yaml == channel.Yaml) return new AppliedChannel(name, known.Revision, "unchanged");
        var row = known ?? context.Add(new ChannelRow
        {
            Name = name,
            Yaml = channel.Yaml,
            AppliedBy = by,
            Cursor = context.Set<EventRow>().Max(@event => (long?)@event.Id) ?? 0,
        }).Entity;
        (row.Yaml, row.AppliedBy, row.AppliedAt) = (channel.Yaml, by, time.GetUtcNow());
        row.Revision++;
        var change = known is null ? "created" : "updated";
        audit.Record(context, by, "channel.applied", name, $"{change}, revision {row.Revision}");
        return new AppliedChannel(name, row.Revision, change);
    }
}
