namespace Wheelhouse.Server.Hosting.Http;

/// <summary>Takes secrets out of what came from elsewhere: there are hosts that repeat what they were sent.</summary>
internal static class Masked
{
    /// <summary>The text, with <c>***</c> for each secret.</summary>
    public static string Of(string text, IEnumerable<string> secrets) =>
        secrets.Where(secret => secret.Length > 0).OrderByDescending(secret => secret.Length).Aggregate(text, (shown, secret) => shown.Replace(secret, "***", StringComparison.Ordinal));
}
