using System.Security.Cryptography;
using Wheelhouse.Server.Inventory.Asking;
using Wheelhouse.Server.Inventory.Chef.Signing;

namespace Wheelhouse.Server.Inventory.Chef.Settings;

/// <summary>Which organisation is asked, by whom, and how: a service document and Chef's own configuration taken together.</summary>
/// <param name="Organization">The URL of the organisation, without a slash at the end.</param>
/// <param name="Client">The client or user who asks.</param>
/// <param name="Key">Its private key.</param>
/// <param name="Protocol">How requests are signed.</param>
/// <param name="Tls">What the server's certificate is checked against; the check itself is never left out.</param>
internal sealed record ChefAccount(string Organization, string Client, RSA Key, SigningProtocol Protocol, InventoryTls Tls) : IDisposable
{
    /// <summary>Reads it.</summary>
    /// <exception cref="InventoryException">A file cannot be read or understood, or a setting is missing.</exception>
    public static async Task<ChefAccount> ReadAsync(ChefOptions options, InventoryFiles files, CancellationToken cancellationToken)
    {
        var settings = await ReadSettingsAsync(options, files, cancellationToken);
        var url = options.Url ?? settings.ChefServerUrl ?? throw Missing("chef_server_url", "url");
        if (ChefOptions.FindUrlProblem(url) is { } problem) throw new InventoryException($"{settings.Source ?? "url"}: {problem}", "Correct the URL.");
        var client = options.ClientName ?? settings.ClientName ?? throw Missing("client_name (node_name in Ruby)", "client_name");
        if (client.Any(character => character is <= ' ' or > '~'))
            throw new InventoryException("The client's name contains a character that no name in Chef has.", "Write the name as 'knife client list' shows it.");
        var version = options.Sign ?? settings.AuthenticationProtocolVersion ?? "1.3";
        var protocol = SigningProtocol.All.FirstOrDefault(protocol => protocol.Version == version)
            ?? throw new InventoryException($"{settings.Source}: '{version}' is no protocol of signed requests.", "It must be 1.0, 1.1 or 1.3.");
        var tls = new InventoryTls(options.CaFile ?? settings.SslCaFile) { CaDirectory = settings.TrustedCertsDir };
        return new ChefAccount(url.TrimEnd('/'), client, await ReadKeyAsync(), protocol, tls);

        async Task<RSA> ReadKeyAsync()
        {
            if (options.ClientKeyFile is null && settings.ClientKeyContents is { } contents) return ClientKey.Read(contents, settings.Source!);
            var path = options.ClientKeyFile ?? settings.ClientKey ?? throw Missing("client_key", "client_key_file");
            return ClientKey.Read(await files.ReadAsync(path, cancellationToken), path);
        }

        InventoryException Missing(string setting, string option) =>
            new($"{settings.Source ?? "The document"} does not say {setting}.", $"Add it there, or write '{option}' beside the query.");
    }

    /// <inheritdoc/>
    public void Dispose() => Key.Dispose();

    private static async Task<ChefSettings> ReadSettingsAsync(ChefOptions options, InventoryFiles files, CancellationToken cancellationToken)
    {
        var path = options.Config ?? (options.Url is null ? ChefOptions.DefaultConfig : null);
        if (path is null) return new ChefSettings();
        var text = await files.ReadAsync(path, cancellationToken);
        return path.EndsWith(".rb", StringComparison.Ordinal)
            ? RubySettings.Read(path, text)
            : CredentialsFile.Read(path, text, options.Profile ?? "default");
    }
}
