using Microsoft.Extensions.Options;

namespace Wheelhouse.Server.Hosting.Settings;

/// <summary>The valid settings of a server.</summary>
/// <param name="Options">The filled options classes.</param>
/// <param name="Warnings">What is odd without being wrong.</param>
public sealed record ServerSettings(IReadOnlyDictionary<Type, object> Options, IReadOnlyList<string> Warnings)
{
    /// <summary>The options class of a feature.</summary>
    public T Get<T>() => (T)Options[typeof(T)];

    /// <summary>Makes each options class injectable, as itself and as <see cref="IOptions{TOptions}"/>.</summary>
    public void Register(IServiceCollection services)
    {
        foreach (var (type, value) in Options)
        {
            services.AddSingleton(type, value);
            services.AddSingleton(typeof(IOptions<>).MakeGenericType(type), Activator.CreateInstance(typeof(OptionsWrapper<>).MakeGenericType(type), value)!);
        }
    }
}
