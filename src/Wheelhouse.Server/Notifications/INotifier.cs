namespace Wheelhouse.Server.Notifications;

/// <summary>
/// Tells one kind of receiver of what happens: the contract of a notifier. It keeps nothing between two calls and may be called at the same time from
/// several threads. It does not handle failure: it throws <see cref="NotifierException"/>; the channel keeps the order, waits, tries again,
/// and sets aside what cannot be delivered.
/// </summary>
public interface INotifier
{
    /// <summary>Its key in a channel's document; lower-case letters, digits and dashes, unique.</summary>
    string Name { get; }

    /// <summary>
    /// The type of the options: a class with a parameterless constructor whose properties are the keys in the document (snake case), secrets being
    /// <see cref="Documents.SecretName"/>. It is bound and validated when the document is applied; see <see cref="Documents.OptionsBinder"/>.
    /// </summary>
    Type OptionsType { get; }

    /// <summary>What a channel tells when its document does not say; some of <see cref="NotificationEvents.All"/>.</summary>
    IReadOnlyList<string> DefaultEvents => NotificationEvents.Quiet;

    /// <summary>
    /// Whether a message can be replaced by a newer one. Then <see cref="SendAsync"/> is also called with <see cref="NotificationEvents.Progress"/> while a
    /// rollout runs; what fails of those is not tried again.
    /// </summary>
    /// <param name="options">An instance of <see cref="OptionsType"/>.</param>
    bool CanReplace(object options) => false;

    /// <summary>What would be sent, as text for a person who writes templates; without secrets. It sends nothing.</summary>
    /// <param name="options">An instance of <see cref="OptionsType"/>.</param>
    /// <param name="notification">An example.</param>
    string Preview(object options, Notification notification);

    /// <summary>
    /// Sends, and ends when the receiver has taken it. The same notification may come twice, when the server died before it could write down
    /// that it was sent: where the receiver can recognise a repeat, <see cref="Notification.Id"/> is what it is recognised by.
    /// </summary>
    /// <param name="options">An instance of <see cref="OptionsType"/>.</param>
    /// <param name="notification">What happened.</param>
    /// <param name="earlier">The reference of the message that this channel sent last about the same rollout; null when there is none.</param>
    /// <param name="cancellationToken">Cancelled when it takes too long.</param>
    /// <returns>A reference by which the message can be replaced, or null.</returns>
    /// <exception cref="NotifierException">It was not taken.</exception>
    Task<string?> SendAsync(object options, Notification notification, string? earlier, CancellationToken cancellationToken);
}
