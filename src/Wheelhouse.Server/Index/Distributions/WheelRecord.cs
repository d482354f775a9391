using System.Buffers.Text;
using System.Globalization;

namespace Wheelhouse.Server.Index.Distributions;

/// <summary>
/// Holds a wheel's RECORD against the files it holds (PEP 376, PEP 427): every file has a line with a hash of the SHA-2 family, and every line a file.
/// Nodes install nothing else.
/// </summary>
internal static class WheelRecord
{
    /// <exception cref="BadDistributionException">They disagree.</exception>
    public static void Check(SmallFile record, IReadOnlyDictionary<string, HeldFile> held)
    {
        var listed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in CsvLines.Read(record.Text))
        {
            if (line is [""])
                continue;
            if (line.Count != 3)
                throw DistributionFaults.RecordDisagrees($"a line has {line.Count} fields instead of 3");
            if (!listed.Add(line[0]))
                throw DistributionFaults.RecordDisagrees($"it lists {line[0]} twice");
            if (!held.TryGetValue(line[0], out var file))
                throw DistributionFaults.RecordDisagrees($"it lists {line[0]}, which is not there");
            if (!IsSignature(line[0], record.Path))
                CheckLine(line, file);
        }

        if (held.Keys.FirstOrDefault(path => !listed.Contains(path) && !IsSignature(path, record.Path)) is { } unlisted)
            throw DistributionFaults.RecordDisagrees($"it does not list {unlisted}");
    }

    private static void CheckLine(IReadOnlyList<string> line, HeldFile file)
    {
        if (line[2].Length > 0 && !string.Equals(line[2], file.Size.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal))
            throw DistributionFaults.RecordDisagrees($"{line[0]} has {file.Size} bytes, not {line[2]}");
        var hash = line[1].Split('=', 2);
        if (hash is [""])
            throw DistributionFaults.RecordDisagrees($"it has no hash of {line[0]}");
        if (hash is not [("sha256" or "sha384" or "sha512"), _])
            throw DistributionFaults.RecordDisagrees($"the hash of {line[0]} is not SHA-256 or a longer one");
        if (hash[0] is "sha256" && !string.Equals(hash[1], Base64Url.EncodeToString(file.Sha256), StringComparison.Ordinal))
            throw DistributionFaults.RecordDisagrees($"the SHA-256 of {line[0]} is another one");
    }

    /// <summary>RECORD need not list itself, and cannot list the signatures of itself.</summary>
    private static bool IsSignature(string path, string record) => path.StartsWith(record, StringComparison.Ordinal) && path[record.Length..] is "" or ".jws" or ".p7s";
}
