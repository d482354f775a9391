using Wheelhouse.Server.Notifications.Sending;

namespace Wheelhouse.Server.Notifications.Teams;

/// <summary>Tells a channel or chat in Microsoft Teams through a workflow. The workflow answers before it posts, so that what fails after that shows in its own history.</summary>
internal sealed class TeamsNotifier(NotifierHttp http) : INotifier
{
    public string Name => "teams";

    public Type OptionsType => typeof(TeamsOptions);

    public string Preview(object options, Notification notification) => JsonSending.Show(TeamsMessage.Of(notification), JsonSending.CamelCase);

    public async Task<string?> SendAsync(object options, Notification notification, string? earlier, CancellationToken cancellationToken)
    {
        await http.PostToWebhookAsync(((TeamsOptions)options).Url, TeamsMessage.Write(notification), cancellationToken);
        return null;
    }
}
