using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Wheelhouse.Server.Index.Upstreams.Settings;

/// <summary>One upstream: another index whose projects are given out here, and whose files are kept here once somebody asked for them.</summary>
public sealed class UpstreamOptions : IValidatableObject
{
    private const int LongestName = 40;

    /// <summary>What it is called in pages, the API and the log, such as <c>pypi</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The address of its simple API, such as <c>https://pypi.org/simple/</c>; without credentials.</summary>
    public required string Url { get; init; }

    /// <summary>Only projects whose name fits one of these patterns are looked up there. Empty, the default: all.</summary>
    public IReadOnlyList<string> Include { get; init; } = [];

    /// <summary>Projects whose name fits one of these patterns are not looked up there, whatever <see cref="Include"/> says.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>A file whose first line is <c>user:password</c>, or a token alone. Read anew for each request, so that it can be changed. Default: none.</summary>
    public string? CredentialsFile { get; init; }

    /// <summary>The name of an environment variable that holds the same. Default: none.</summary>
    public string? CredentialsVariable { get; init; }

    /// <summary>Files that were uploaded there less than so many days ago are hidden. Default 0: none.</summary>
    [Range(0, 3650)]
    public int CooldownDays { get; init; }

    /// <summary>How long it may take to connect, to send a whole page, and to send the next bytes of a file. Default 15 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a whole file may take. Default 30 minutes.</summary>
    public TimeSpan FileTimeout { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary><see cref="Url"/> with a slash at its end.</summary>
    internal Uri Address => new(Url.EndsWith('/') ? Url : Url + "/");

    /// <summary><see cref="CooldownDays"/> as a time.</summary>
    internal TimeSpan Cooldown => TimeSpan.FromDays(CooldownDays);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Name.Length is 0 or > LongestName || !Name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-'))
            yield return new ValidationResult($"A name has 1 to {LongestName} lower-case letters, digits and '-'.", ["name"]);
        // What is wrong with the address is said without it: it may have a password in it.
        if (!Uri.TryCreate(Url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            yield return new ValidationResult("This is not an http or https address. Write https://pypi.org/simple/, for example.", ["url"]);
        else if (url.UserInfo.Length > 0)
            yield return new ValidationResult("Credentials do not belong into the address: it is logged and shown. Name a file with credentials_file.", ["url"]);
        else if (url.Query.Length > 0 || url.Fragment.Length > 0)
            yield return new ValidationResult("The address has a query or a fragment. Write that of the simple API alone.", ["url"]);
        else if (url.Scheme is "http" && !IsLoopback(url) && (CredentialsFile ?? CredentialsVariable) is not null)
            yield return new ValidationResult("The credentials would cross the network readable. Use https.", ["url"]);
        foreach (var flaw in FindBadPatterns("include", Include).Concat(FindBadPatterns("exclude", Exclude))) yield return flaw;
        if (CredentialsFile is not null && CredentialsVariable is not null)
            yield return new ValidationResult("Credentials are given twice. Give a file or a variable.", ["credentials_variable"]);
        else if (UpstreamCredentials.FindFlaw(this) is { } flaw)
            yield return new ValidationResult(flaw, [CredentialsFile is null ? "credentials_variable" : "credentials_file"]);
        if (Timeout <= TimeSpan.Zero) yield return new ValidationResult("This must be longer than 0s.", ["timeout"]);
        if (FileTimeout <= TimeSpan.Zero) yield return new ValidationResult("This must be longer than 0s.", ["file_timeout"]);
    }

    private static IEnumerable<ValidationResult> FindBadPatterns(string key, IReadOnlyList<string> patterns) =>
        patterns.Index().Where(pattern => !NamePattern.TryParse(pattern.Item, out _)).Select(pattern => new ValidationResult(
            $"'{pattern.Item}' is not a pattern of project names. Write acme-*, for example.", [$"{key}[{pattern.Index}]"]));

    private static bool IsLoopback(Uri url) => url.IsLoopback || (IPAddress.TryParse(url.Host, out var address) && IPAddress.IsLoopback(address));
}
