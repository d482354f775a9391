using System.Text.Json;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.NewRelic;

/// <summary>Records changes with New Relic's change tracking, by NerdGraph's <c>changeTrackingCreateEvent</c>.</summary>
internal sealed class NewRelicNotifier(NotifierHttp http, TimeProvider time) : INotifier
{
    private const int ExcerptLength = 200;

    /// <summary>A change that is older is never taken.</summary>
    private static readonly TimeSpan Within = TimeSpan.FromHours(24);

    public string Name => "newrelic";

    public Type OptionsType => typeof(NewRelicOptions);

    public IReadOnlyList<string> DefaultEvents => NotificationEvents.Ends;

    public string Preview(object options, Notification notification) => ChangeMutation.Of((NewRelicOptions)options, notification);

    public async Task<string?> SendAsync(object options, Notification notification, string? earlier, CancellationToken cancellationToken)
    {
        var relic = (NewRelicOptions)options;
        var body = JsonSerializer.SerializeToUtf8Bytes(new { query = ChangeMutation.Of(relic, notification) }, JsonSending.CamelCase);
        var (answer, key) = await http.PostWithKeyAsync(relic.Url, "API-Key", relic.Key, body, cancellationToken);
        Check(answer, key, isLate: time.GetUtcNow() - notification.At > Within);
        return null;
    }

    /// <summary>GraphQL says what is wrong in an answer with status 200.</summary>
    private static void Check(string answer, string key, bool isLate)
    {
        JsonElement json;
        try
        {
            json = JsonSerializer.Deserialize<JsonElement>(answer);
        }
        catch (JsonException)
        {
            throw NotGraphQl();
        }

        if (json.ValueKind != JsonValueKind.Object) throw NotGraphQl();
        if (json.TryGetProperty("errors", out var errors) && errors is { ValueKind: JsonValueKind.Array } && errors.GetArrayLength() > 0)
            throw Failed(errors.EnumerateArray().ToList(), key, isLate);
        if (!json.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object
            || !data.TryGetProperty("changeTrackingCreateEvent", out var created) || created.ValueKind != JsonValueKind.Object
            || !created.TryGetProperty("changeTrackingEvent", out var made) || made.ValueKind != JsonValueKind.Object)
            throw Failed([], key, isLate);
    }

    private static NotifierException Failed(IReadOnlyList<JsonElement> errors, string key, bool isLate)
    {
        var words = string.Join(' ', errors.Select(error => error.ValueKind == JsonValueKind.Object && error.TryGetProperty("message", out var message) ? message.ToString() : error.ToString()));
        var isKey = words.Contains("key", StringComparison.OrdinalIgnoreCase) || words.Contains("auth", StringComparison.OrdinalIgnoreCase) || words.Contains("permission", StringComparison.OrdinalIgnoreCase);
        return new NotifierException(
            $"New Relic did not record the change: {(words.Length == 0 ? "it says nothing of it" : Excerpt.Of(words.Replace(key, "***", StringComparison.Ordinal), ExcerptLength))}",
            isKey ? "Correct the channel's secret: it must be a user key that may see the entity."
            : isLate ? "It is too late: a change is taken within 24 hours only."
            : "Correct entity_guid and region.")
        { IsRefused = isLate && !isKey };
    }

    private static NotifierException NotGraphQl() => new("The answer is not NerdGraph's.", "Correct api.");
}
