namespace Wheelhouse.Server.Notifications;

/// <summary>The notifiers by name. A name that is taken twice stops the server at its start.</summary>
public sealed class Notifiers
{
    private readonly SortedDictionary<string, INotifier> _notifiers = new(StringComparer.Ordinal);

    /// <summary>Collects them.</summary>
    /// <exception cref="InvalidOperationException">Two have the same name.</exception>
    public Notifiers(IEnumerable<INotifier> notifiers)
    {
        foreach (var notifier in notifiers)
        {
            if (!_notifiers.TryAdd(notifier.Name, notifier))
                throw new InvalidOperationException(
                    $"Two notifiers are named '{notifier.Name}': {_notifiers[notifier.Name].GetType()} and {notifier.GetType()}. Register one of them.");
        }
    }

    /// <summary>All of them, by name.</summary>
    public IReadOnlyCollection<INotifier> All => _notifiers.Values;

    /// <summary>All names.</summary>
    public IReadOnlyCollection<string> Names => _notifiers.Keys;

    /// <summary>The notifier of a name, or null.</summary>
    public INotifier? Find(string name) => _notifiers.GetValueOrDefault(name);
}
