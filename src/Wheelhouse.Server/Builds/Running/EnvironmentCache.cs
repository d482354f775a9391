using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Builds.Running;

/// <summary>The environments that are kept for later builds: each project's own, so that none can reach another's, under a key that says all that is in them.</summary>
internal sealed partial class EnvironmentCache
{
    private const string New = "new-";

    /// <summary>One that was used so lately may be in use still.</summary>
    private static readonly TimeSpan Untouched = TimeSpan.FromHours(3);

    private readonly IOptions<SandboxOptions> _options;
    private readonly TimeProvider _time;

    /// <summary>Opens it, and removes what a killed server began: this one alone has the data directory.</summary>
    public EnvironmentCache(DataDirectory data, IOptions<SandboxOptions> options, TimeProvider time)
    {
        (Root, _options, _time) = (Path.Combine(data.Root, "builds", "cache"), options, time);
        if (!Directory.Exists(Root)) return;
        foreach (var left in Directory.GetDirectories(Root).SelectMany(project => Directory.GetDirectories(project, New + "*"))) Directory.Delete(left, recursive: true);
    }

    private string Root { get; }

    /// <summary>An empty folder for a new environment.</summary>
    public string Begin(string project)
    {
        var folder = Path.Combine(Root, project, $"{New}{Guid.NewGuid():N}");
        Directory.CreateDirectory(folder);
        return folder;
    }

    /// <summary>Finds a kept environment; null when there is none.</summary>
    /// <exception cref="BuildFailedException">The key is none.</exception>
    public string? Find(string project, string? key)
    {
        if (key is null || !Key().IsMatch(key)) throw new BuildFailedException("bad_message", "The build asked for an environment by a key that is none.");
        var folder = Path.Combine(Root, project, key);
        if (!Directory.Exists(folder)) return null;
        Directory.SetLastWriteTimeUtc(folder, _time.GetUtcNow().UtcDateTime);
        return folder;
    }

    /// <summary>Keeps a new environment, and makes room for it.</summary>
    /// <returns>Where it is now.</returns>
    public string Keep(string project, string folder, string key)
    {
        var kept = Path.Combine(Root, project, key);
        try
        {
            Directory.Move(folder, kept);
        }
        catch (IOException) when (Directory.Exists(kept)) // Another build was quicker.
        {
            Directory.Delete(folder, recursive: true);
        }

        Trim();
        return kept;
    }

    /// <summary>Removes all of a project's.</summary>
    public void Forget(string project)
    {
        if (Directory.Exists(Path.Combine(Root, project))) Directory.Delete(Path.Combine(Root, project), recursive: true);
    }

    /// <summary>Removes those that were used longest ago until the others fit.</summary>
    private void Trim()
    {
        var left = (long)_options.Value.CacheMib << 20;
        foreach (var folder in new DirectoryInfo(Root).EnumerateDirectories().SelectMany(project => project.EnumerateDirectories()).OrderByDescending(folder => folder.LastWriteTimeUtc).ToList())
        {
            left -= folder.EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }).Sum(file => file.Length);
            if (left < 0 && _time.GetUtcNow().UtcDateTime - folder.LastWriteTimeUtc > Untouched) folder.Delete(recursive: true);
        }
    }

    [GeneratedRegex("^[0-9a-f]{64}$", RegexOptions.None, 1000)]
    private static partial Regex Key();
}
