using System.Diagnostics.CodeAnalysis;

namespace Wheelhouse.Server.Notifications.Sending;

/// <summary>The address of a server in a document, which everybody may read.</summary>
internal static class ServerUrl
{
    /// <summary>What is wrong with it; null when nothing is.</summary>
    public static string? FindFlaw(string text) =>
        !TryParse(text, out var url) || url.Query.Length > 0 || url.UserInfo.Length > 0
            ? "This is not the address of a server; write it from https:// on, without user, password or '?'."
            : null;

    /// <summary>Reads an address that HTTP can be spoken with.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out Uri? url) =>
        Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme is "http" or "https" && url.Host.Length > 0;

    /// <summary>The address of something on the server.</summary>
    public static Uri Join(string server, string path) => new($"{server.TrimEnd('/')}/{path}");
}
