using System.Net.Http.Headers;
using System.Text;

namespace Wheelhouse.Server.Index.Upstreams.Settings;

/// <summary>The credentials for an upstream. They stay in their file or variable until a request needs them.</summary>
internal static class UpstreamCredentials
{
    private const string TokenUser = "__token__";

    /// <summary>The header that carries them; null when there are none.</summary>
    /// <exception cref="IOException">Their file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Their file may not be read.</exception>
    public static AuthenticationHeaderValue? Read(UpstreamOptions upstream)
    {
        if (ReadText(upstream) is not { Length: > 0 } text) return null;
        var pair = text.Contains(':', StringComparison.Ordinal) ? text : $"{TokenUser}:{text}";
        return new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
    }

    /// <summary>Why they cannot be used; null when they can, or none are asked for.</summary>
    public static string? FindFlaw(UpstreamOptions upstream)
    {
        if ((upstream.CredentialsFile ?? upstream.CredentialsVariable) is not { } name) return null;
        try
        {
            return ReadText(upstream) is { Length: > 0 } ? null : $"{name} has no credentials. Write user:password, or a token alone, on its first line.";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"{exception.Message} Name a file that the server may read.";
        }
    }

    private static string? ReadText(UpstreamOptions upstream) =>
        upstream.CredentialsFile is { } file ? File.ReadLines(file).FirstOrDefault()?.Trim()
        : upstream.CredentialsVariable is { } variable ? Environment.GetEnvironmentVariable(variable)?.Trim()
        : null;
}
