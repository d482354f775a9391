namespace Wheelhouse.Server.Inventory.Chef.Settings;

/// <summary>What Chef's own configuration says; names as in <c>Chef::Config</c>. What it does not say is null.</summary>
internal sealed record ChefSettings
{
    /// <summary>The file, as named in the document; null when there is none.</summary>
    public string? Source { get; init; }

    /// <summary>The URL of the organisation.</summary>
    public string? ChefServerUrl { get; init; }

    /// <summary>Who asks: <c>node_name</c> of Ruby files, <c>client_name</c> of credentials.</summary>
    public string? ClientName { get; init; }

    /// <summary>The path of the private key.</summary>
    public string? ClientKey { get; init; }

    /// <summary>The private key itself, which wins over the path.</summary>
    public string? ClientKeyContents { get; init; }

    /// <summary>The file of the only authorities that are trusted.</summary>
    public string? SslCaFile { get; init; }

    /// <summary>The directory of certificates that are trusted beside the system's, where <c>knife ssl fetch</c> puts them.</summary>
    public string? TrustedCertsDir { get; init; }

    /// <summary>The version of the protocol of signed requests.</summary>
    public string? AuthenticationProtocolVersion { get; init; }

    /// <summary>The names of the settings that are read; all others are ignored.</summary>
    public static IReadOnlySet<string> Names { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        "chef_server_url", "node_name", "client_name", "client_key", "client_key_contents", "ssl_ca_file", "trusted_certs_dir",
        "authentication_protocol_version",
    };

    /// <summary>Makes them from values by name. A relative path starts at the file's directory.</summary>
    public static ChefSettings From(string source, IReadOnlyDictionary<string, string> values)
    {
        var key = values.GetValueOrDefault("client_key");
        var isInline = key?.TrimStart().StartsWith("-----BEGIN", StringComparison.Ordinal) ?? false;
        return new ChefSettings
        {
            Source = source,
            ChefServerUrl = values.GetValueOrDefault("chef_server_url"),
            ClientName = values.GetValueOrDefault("client_name") ?? values.GetValueOrDefault("node_name"),
            ClientKey = isInline ? null : FullPath(key),
            ClientKeyContents = values.GetValueOrDefault("client_key_contents") ?? (isInline ? key : null),
            SslCaFile = FullPath(values.GetValueOrDefault("ssl_ca_file")),
            TrustedCertsDir = FullPath(values.GetValueOrDefault("trusted_certs_dir")) ?? UsualTrustedCertsDir(source),
            AuthenticationProtocolVersion = values.GetValueOrDefault("authentication_protocol_version"),
        };

        string? FullPath(string? path) => path switch
        {
            null => null,
            ['~', ..] => throw new InventoryException($"{source} names '{path}' in a home directory, but Wheelhouse runs as a user of its own.", "Write the path from '/' on."),
            _ => Path.Combine(Path.GetDirectoryName(source)!, path),
        };
    }

    private static string? UsualTrustedCertsDir(string source)
    {
        var directory = Path.Combine(Path.GetDirectoryName(source)!, "trusted_certs");
        return Directory.Exists(directory) ? directory : null;
    }
}
