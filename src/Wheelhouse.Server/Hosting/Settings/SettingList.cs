using System.Collections;
using Wheelhouse.Server.Documents;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Wheelhouse.Server.Hosting.Settings;

/// <summary>A setting that is a list of maps: written as such in the settings file, and as YAML or JSON on one line elsewhere.</summary>
internal static class SettingList
{
    /// <summary>Whether a property holds such a list.</summary>
    public static bool IsOne(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    /// <summary>Reads the list; null when anything in it is wrong, each of which is told.</summary>
    public static IList? Read(Setting setting, SettingInput input, List<SettingProblem> problems)
    {
        var errors = new DocumentErrors();
        var node = input.List ?? (YamlComposer.Compose(input.Text, errors) is [{ Root: { } root }, ..] ? root : new ListNode([], 1, 1));
        var list = errors.Count == 0 ? OptionsBinder.Bind(setting.Property.PropertyType, node, setting.Name, errors) : null;
        problems.AddRange(errors.ToList().Select(error => new SettingProblem(
            error.Field.Length == 0 ? setting.Name : error.Field, input.File is null ? input.Source : $"{input.File}, line {error.Line}", error.Message, error.Fix)));
        return (IList?)list;
    }

    /// <summary>A part of the settings file with its places.</summary>
    public static DocumentNode Of(YamlNode node)
    {
        var (line, column) = ((int)node.Start.Line, (int)node.Start.Column);
        return node switch
        {
            YamlSequenceNode list => new ListNode([.. list.Children.Select(Of)], line, column),
            YamlMappingNode map => new MapNode([.. map.Children.Select(entry => new MapEntry(Key(entry.Key), Of(entry.Value)))], line, column),
            _ => Key(node),
        };
    }

    private static ScalarNode Key(YamlNode node) =>
        new((node as YamlScalarNode)?.Value ?? "", node is YamlScalarNode { Style: not ScalarStyle.Plain }, (int)node.Start.Line, (int)node.Start.Column);
}
