namespace Wheelhouse.Server.Secrets;

/// <summary>Registers the secrets that documents name.</summary>
public static class SecretsServiceCollectionExtensions
{
    /// <summary>Adds them. Call it after <c>AddAccess</c>, which has the keys.</summary>
    public static IServiceCollection AddSecrets(this IServiceCollection services) => services.AddSingleton<SecretStore>();
}
