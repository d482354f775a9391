using System.Globalization;
using System.Text.Json;
using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.NewRelic;

/// <summary>
/// Writes the mutation of NerdGraph that records a change. Its values stand in it as literals: custom attributes cannot be variables. A string of JSON is a
/// string of GraphQL (its specification, 2.9.4), so that nothing that people write ends one.
/// </summary>
internal static class ChangeMutation
{
    /// <summary>The mutation: a deployment when it is about a rollout, else an operational change.</summary>
    public static string Of(NewRelicOptions options, Notification notification)
    {
        List<string> fields = [Category(notification), $"entitySearch: {{ query: {Literal($"id = '{options.EntityGuid}'")} }}", $"shortDescription: {Literal(notification.Title)}"];
        if (notification.Text.Length > 0) fields.Add($"description: {Literal(notification.Text)}");
        if (notification.Rollout is { } rollout) fields.AddRange([$"user: {Literal(rollout.By)}", $"groupId: {Literal(rollout.Id)}"]);
        fields.Add($"timestamp: {Number(notification.At.ToUnixTimeMilliseconds())}");
        fields.Add($"customAttributes: {{ {string.Join(", ", Attributes(notification).Select(one => $"{one.Name}: {one.Value}"))} }}");
        return $$"""
            mutation {
              changeTrackingCreateEvent(
                changeTrackingEvent: {
                  {{string.Join("\n      ", fields)}}
                }
              ) {
                changeTrackingEvent { changeTrackingId }
                messages
              }
            }
            """;
    }

    private static string Category(Notification notification) => notification.Rollout is { } rollout
        ? $$"""categoryAndTypeData: { categoryFields: { deployment: { version: {{Literal(rollout.VersionAfter())}}, deepLink: {{Literal(notification.Link.AbsoluteUri)}} } }, kind: { category: "deployment", type: "basic" } }"""
        : """categoryAndTypeData: { kind: { category: "operational", type: "other" } }""";

    private static IEnumerable<(string Name, string Value)> Attributes(Notification notification)
    {
        yield return ("wheelhouseEvent", Literal(notification.Event));
        yield return ("wheelhouseId", Literal(notification.Id));
        yield return ("link", Literal(notification.Link.AbsoluteUri));
        if (notification.Service is { } service) yield return ("service", Literal(service));
        if (notification.Environment is { } environment) yield return ("environment", Literal(environment));
        if (notification.Rollout is not { } rollout) yield break;
        yield return ("kind", Literal(rollout.Kind));
        yield return ("result", Literal(rollout.State));
        yield return ("rolloutVersion", Literal(rollout.Version));
        if (rollout.From is { } from) yield return ("previousVersion", Literal(from));
        yield return ("durationSeconds", Number(Math.Round(rollout.Duration.TotalSeconds, 1)));
        if (rollout.RevertLink is { } revert) yield return ("revertLink", Literal(revert.AbsoluteUri));
    }

    private static string Literal(string text) => JsonSerializer.Serialize(text);

    private static string Number(IFormattable number) => number.ToString(format: null, CultureInfo.InvariantCulture);
}
