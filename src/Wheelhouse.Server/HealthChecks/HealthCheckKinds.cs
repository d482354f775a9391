namespace Wheelhouse.Server.HealthChecks;

/// <summary>The kinds of health check by name. A name that is taken twice stops the server at its start.</summary>
public sealed class HealthCheckKinds
{
    private readonly SortedDictionary<string, IHealthCheck> _kinds = new(StringComparer.Ordinal);

    /// <summary>Collects them.</summary>
    /// <exception cref="InvalidOperationException">Two have the same name.</exception>
    public HealthCheckKinds(IEnumerable<IHealthCheck> kinds)
    {
        foreach (var kind in kinds)
        {
            if (!_kinds.TryAdd(kind.Name, kind))
                throw new InvalidOperationException(
                    $"Two kinds of health check are named '{kind.Name}': {_kinds[kind.Name].GetType()} and {kind.GetType()}. Register one of them.");
        }
    }

    /// <summary>All names.</summary>
    public IReadOnlyCollection<string> Names => _kinds.Keys;

    /// <summary>The kind of a name, or null.</summary>
    public IHealthCheck? Find(string name) => _kinds.GetValueOrDefault(name);
}
