using System.Security.Cryptography;
using System.Text;
using Wheelhouse.Contracts.Rollouts;

namespace Wheelhouse.Server.Rollouts.Locks;

/// <summary>One file of a lock.</summary>
/// <param name="Name">The normalised project name.</param>
/// <param name="Version">Its PEP 440 version.</param>
/// <param name="Filename">The wheel's file name.</param>
/// <param name="Sha256">The hash of its bytes, in lower-case hex.</param>
public sealed record LockedPackage(string Name, string Version, string Filename, string Sha256)
{
    /// <summary>What changes from one set to another, by name.</summary>
    public static IEnumerable<PackageChange> Changes(IReadOnlyList<LockedPackage> from, IReadOnlyList<LockedPackage> to)
    {
        var before = from.ToDictionary(package => package.Name, package => package.Version);
        var after = to.ToDictionary(package => package.Name, package => package.Version);
        return before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
            .Select(name => new PackageChange(name, before.GetValueOrDefault(name), after.GetValueOrDefault(name)))
            .Where(change => change.From != change.To);
    }

    /// <summary>The digest that names a set: the same files for the same Python give the same one, in whatever order they come.</summary>
    /// <param name="packages">The set.</param>
    /// <param name="python">The Python version asked for, such as <c>3.11</c>.</param>
    public static string Digest(IEnumerable<LockedPackage> packages, string python)
    {
        var canonical = new StringBuilder("python ").Append(python).Append('\n');
        foreach (var package in packages.OrderBy(package => package.Name, StringComparer.Ordinal))
        {
            canonical.Append(package.Filename).Append(" sha256:").Append(package.Sha256).Append('\n');
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())));
    }
}
