using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Wheelhouse.Server.Hosting.Settings;

/// <summary>The settings file: YAML, either nested (<c>nodes:</c> and below it <c>parallel_starts:</c>) or flat (<c>nodes.parallel_starts:</c>).</summary>
internal static class SettingsFile
{
    /// <summary>The name of the file that is read from the data directory when no other is named.</summary>
    public const string DefaultName = "wheelhouse.yaml";

    /// <summary>Reads the file's values; the source of each names the file and the line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problems">Gets what cannot be read.</param>
    public static Dictionary<string, SettingInput> Read(string path, List<SettingProblem> problems)
    {
        var values = new Dictionary<string, SettingInput>(StringComparer.Ordinal);
        try
        {
            var yaml = new YamlStream();
            yaml.Load(new StringReader(File.ReadAllText(path)));
            if (yaml.Documents.Count > 0) Flatten("", yaml.Documents[0].RootNode, path, values, problems);
        }
        catch (YamlException exception)
        {
            problems.Add(new SettingProblem("config", $"{path}, line {exception.Start.Line}", exception.Message, "Write the file as YAML: one 'name: value' a line."));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problems.Add(new SettingProblem("config", path, exception.Message, "Name a file that the server may read."));
        }

        return values;
    }

    private static void Flatten(
        string name, YamlNode node, string path, Dictionary<string, SettingInput> values, List<SettingProblem> problems)
    {
        var source = $"{path}, line {node.Start.Line}";
        switch (node)
        {
            case YamlMappingNode mapping:
                foreach (var (key, value) in mapping.Children)
                {
                    Flatten(name.Length == 0 ? key.ToString() : $"{name}.{key}", value, path, values, problems);
                }

                break;
            case YamlSequenceNode sequence when name.Length > 0:
                var texts = sequence.Children.OfType<YamlScalarNode>().Select(item => item.ToString());
                values[name] = new SettingInput(string.Join('\n', texts), source) { List = SettingList.Of(sequence), File = path };
                break;
            case YamlScalarNode { Value: { Length: > 0 } text } when name.Length > 0:
                values[name] = new SettingInput(text, source);
                break;
            case YamlScalarNode { Value: null or "" }:
                break;
            default:
                problems.Add(new SettingProblem(name.Length == 0 ? "config" : name, source, "This is not a setting.", "Write 'name: value', a list or nested names."));
                break;
        }
    }
}
