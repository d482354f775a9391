using Wheelhouse.Server.Notifications;

namespace Wheelhouse.Tests.Notifications;

/// <summary>A notifier that does what a test says and remembers what it was asked to send.</summary>
internal sealed class RecordingNotifier : INotifier
{
    public string Name => "recording";

    public Type OptionsType => typeof(Nothing);

    public bool Replaces { get; set; }

    /// <summary>What happens at each call; throw to fail.</summary>
    public Func<Notification, string?> Act { get; set; } = _ => null;

    public List<(Notification Notification, string? Earlier)> Calls { get; } = [];

    public IEnumerable<string> Events => Calls.Select(call => call.Notification.Event);

    public bool CanReplace(object options) => Replaces;

    public string Preview(object options, Notification notification) => notification.Title;

    public Task<string?> SendAsync(object options, Notification notification, string? earlier, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Calls.Add((notification, earlier));
        return Task.FromResult(Act(notification));
    }

    public sealed record Nothing
    {
        public bool Loud { get; init; }
    }
}
