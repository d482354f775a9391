using System.Globalization;
using System.Xml;

namespace Wheelhouse.Server.Builds.Running;

/// <summary>Reads JUnit XML, as pytest and others write it; an element of it is in memory at a time, and no entity is ever expanded.</summary>
internal static class JUnitReader
{
    private const int MostFailures = 100;
    private const int MostSlow = 10;
    private const int MostCharacters = 16_000;
    private const int LongestName = 500;

    private static readonly XmlReaderSettings Settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = 64 << 20,
        CloseInput = false,
        CheckCharacters = false,
    };

    /// <summary>Reads a report; null when it is none.</summary>
    public static TestReport? Read(Stream stream)
    {
        var (passed, failed, skipped, seconds) = (0, 0, 0, 0.0);
        var failures = new List<TestFailure>();
        var times = new List<TestTime>();
        try
        {
            using var reader = XmlReader.Create(stream, Settings);
            while (reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "testcase") continue;
                var name = OutputFilter.Clean(string.Join('.', new[] { reader.GetAttribute("classname"), reader.GetAttribute("name") }.Where(part => !string.IsNullOrEmpty(part))), LongestName);
                var took = double.TryParse(reader.GetAttribute("time"), CultureInfo.InvariantCulture, out var time) && time is >= 0 and < 1e9 ? time : 0;
                var (failure, isSkipped) = ReadCase(reader, name);
                seconds += took;
                times.Add(new TestTime(name, took));
                if (times.Count > 10 * MostSlow) times = [.. times.OrderByDescending(test => test.Seconds).Take(MostSlow)];
                if (failure is not null) failed++;
                else if (isSkipped) skipped++;
                else passed++;
                if (failure is not null && failures.Count < MostFailures) failures.Add(failure);
            }
        }
        catch (XmlException)
        {
            return null;
        }

        return new TestReport(passed, failed, skipped, seconds, failures, [.. times.OrderByDescending(test => test.Seconds).Take(MostSlow)]);
    }

    private static (TestFailure? Failure, bool IsSkipped) ReadCase(XmlReader reader, string name)
    {
        if (reader.IsEmptyElement) return (null, false);
        var (message, text, isSkipped, element) = ((string?)null, "", false, "");
        var depth = reader.Depth;
        while (reader.Read() && reader.Depth > depth)
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                element = reader.LocalName;
                isSkipped |= element == "skipped";
                if (element is "failure" or "error") message ??= reader.GetAttribute("message") ?? "";
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && element is "failure" or "error" or "system-out" or "system-err" && text.Length < MostCharacters)
            {
                text = Cut(text + reader.Value + "\n", MostCharacters);
            }
        }

        return (message is null ? null : new TestFailure(name, OutputFilter.Clean(Why(message, text), LongestName), Clean(text)), isSkipped);
    }

    /// <summary>Of a module that cannot be imported pytest's message says only that; its text ends with the error, marked with an E.</summary>
    private static string Why(string message, string text)
    {
        var error = message == "collection failure" ? text.Split('\n').LastOrDefault(line => line.StartsWith("E  ", StringComparison.Ordinal)) : null;
        return error is null ? message.Split('\n')[0] : error[1..].Trim();
    }

    private static string Clean(string text) => string.Join('\n', text.TrimEnd().Split('\n').Select(line => OutputFilter.Clean(line, MostCharacters)));

    private static string Cut(string text, int longest) => text.Length <= longest ? text : text[..longest];
}
