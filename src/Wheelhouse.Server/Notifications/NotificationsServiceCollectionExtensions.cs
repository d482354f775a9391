using Wheelhouse.Server.Notifications.Channels;
using Wheelhouse.Server.Notifications.Datadog;
using Wheelhouse.Server.Notifications.Deliveries;
using Wheelhouse.Server.Notifications.Email;
using Wheelhouse.Server.Notifications.Grafana;
using Wheelhouse.Server.Notifications.Mattermost;
using Wheelhouse.Server.Notifications.NewRelic;
using Wheelhouse.Server.Notifications.Sending;
using Wheelhouse.Server.Notifications.Sentry;
using Wheelhouse.Server.Notifications.Slack;
using Wheelhouse.Server.Notifications.Teams;
using Wheelhouse.Server.Notifications.Webhook;
using Wheelhouse.Server.Secrets;
using Wheelhouse.Server.Storage.Retention;

namespace Wheelhouse.Server.Notifications;

/// <summary>Registers telling people and programs what happens.</summary>
public static class NotificationsServiceCollectionExtensions
{
    /// <summary>Adds channels, their deliveries and every notifier; a new notifier is one line here.</summary>
    public static IServiceCollection AddNotifications(this IServiceCollection services) => services
        .AddSingleton<Notifiers>()
        .AddSingleton<NotifierHttp>()
        .AddSingleton<NotificationReader>()
        .AddSingleton<NotificationMetrics>()
        .AddSingleton<ChannelDocumentParser>()
        .AddSingleton<ChannelCatalog>()
        .AddSingleton<ISecretUse, SecretNames>()
        .AddSingleton<ChannelTester>()
        .AddSingleton<NotificationSender>()
        .AddSingleton<DeliveryJournal>()
        .AddSingleton<DeliveryQueries>()
        .AddSingleton<IRetention, DeliveryRetention>()
        .AddHostedService<ChannelWaker>()
        .AddSingleton<INotifier, DatadogNotifier>()
        .AddSingleton<INotifier, EmailNotifier>()
        .AddSingleton<INotifier, GrafanaNotifier>()
        .AddSingleton<INotifier, MattermostNotifier>()
        .AddSingleton<INotifier, NewRelicNotifier>()
        .AddSingleton<INotifier, SentryNotifier>()
        .AddSingleton<INotifier, SlackNotifier>()
        .AddSingleton<INotifier, TeamsNotifier>()
        .AddSingleton<INotifier, WebhookNotifier>();
}
