using System.Globalization;
using System.Numerics;
using Wheelhouse.Python.Versions;
using Wheelhouse.Server.Builds.Projects;

namespace Wheelhouse.Server.Builds.Versions;

/// <summary>Decides the version of a build by the tags of its repository (PEP 440). Pure.</summary>
internal static class BuildVersion
{
    private const int ShortHash = 7;

    /// <summary>The version: of a tag's build the tag's own; of any other commit the next one's development release with the commit's hash.</summary>
    /// <param name="reference">The full reference that is built.</param>
    /// <param name="commit">Its full hash.</param>
    /// <param name="last">The nearest tag of a version before it, or null.</param>
    /// <param name="distance">How many commits came after that; without one, how many there are.</param>
    /// <exception cref="BuildFault">The tag that is built is no version.</exception>
    public static PythonVersion Decide(string reference, string commit, PythonVersion? last, int distance)
    {
        if (reference.StartsWith(RefPatterns.TagPrefix, StringComparison.Ordinal))
        {
            var tag = RefPatterns.Short(reference);
            return TagVersion.Find(tag) ?? throw new BuildFault(
                "tag_not_version", $"The tag {tag} is not a version (PEP 440), and versions come from the tags.", "Name the tag like v1.4.0, or leave it out with 'tags:'.");
        }

        return PythonVersion.Parse(string.Create(CultureInfo.InvariantCulture, $"{(last is null ? "0.0" : Next(last))}.dev{distance}+g{commit[..ShortHash]}"));
    }

    /// <summary>The version that may come after another: its last number and one more, as <c>1.4.1</c> after 1.4.0 and <c>2.0rc2</c> after 2.0rc1.</summary>
    private static string Next(PythonVersion last)
    {
        var text = last.Public;
        if (last.Dev is not null) return text[..text.LastIndexOf(".dev", StringComparison.Ordinal)]; // 1.4.0.dev3 says already what comes next
        var rest = text.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return $"{rest}{BigInteger.Parse(text[rest.Length..], CultureInfo.InvariantCulture) + 1}";
    }
}
