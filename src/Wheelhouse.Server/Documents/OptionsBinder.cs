using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Wheelhouse.Server.Documents;

/// <summary>
/// Makes the typed options of an extension (an inventory provider, a health check) from a part of a document. Keys are the names of the
/// properties in snake case (or their <see cref="JsonPropertyNameAttribute"/>); unknown ones are errors. It reads text, numbers, <c>true</c>/<c>false</c>, durations, lists, maps of text, names of secrets,
/// types of the same kind inside, and types with <see cref="IParsable{TSelf}"/> from a single value. A property that is <c>required</c>
/// must be given; validation attributes and <see cref="IValidatableObject"/> hold, the latter's member names being paths such as <c>nodes[1]</c>.
/// </summary>
public static class OptionsBinder
{
    /// <summary>Reads options.</summary>
    /// <param name="type">A class with a parameterless constructor and settable (or init) properties.</param>
    /// <param name="node">The part of the document.</param>
    /// <param name="path">Its path.</param>
    /// <param name="errors">Where errors go.</param>
    /// <param name="siblings">Keys that somebody else reads from the same map; suggested for a mistyped key.</param>
    /// <returns>The options; null when there was an error.</returns>
    public static object? Bind(Type type, DocumentNode node, string path, DocumentErrors errors, params IEnumerable<string> siblings)
    {
        var before = errors.Count;
        var value = Read(type, node, path, errors, siblings);
        return errors.Count == before ? value : null;
    }

    /// <summary>The keys of a type of options, with what their values are and whether they must be given.</summary>
    public static IEnumerable<(string Key, Type Type, bool IsRequired)> Keys(Type type) =>
        from property in type.GetProperties()
        where property.SetMethod is not null
        select (Key(property), Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, property.IsDefined(typeof(RequiredMemberAttribute)));

    /// <summary>The key of the property with <see cref="ShorthandAttribute"/>, or null.</summary>
    public static string? ShorthandKey(Type type) =>
        type.GetProperties().FirstOrDefault(property => property.IsDefined(typeof(ShorthandAttribute))) is { } property ? Key(property) : null;

    private static object? Read(Type type, DocumentNode node, string path, DocumentErrors errors, params IEnumerable<string> siblings)
    {
        if (type == typeof(string)) return Scalars.Text(node, path, errors);
        if (type == typeof(int)) return Scalars.Integer(node, path, errors, int.MinValue);
        if (type == typeof(bool)) return Scalars.Flag(node, path, errors);
        if (type == typeof(SecretName)) return Scalars.Secret(node, path, errors);
        if (type == typeof(TimeSpan)) return Scalars.Time(node, path, errors);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            return ReadList(type.GetGenericArguments()[0], node, path, errors);
        if (type == typeof(IReadOnlyDictionary<string, string>)) return ReadTexts(node, path, errors);
        if (node is ScalarNode scalar && FindParse(type) is { } parse) return ReadParsable(parse, scalar, path, errors);
        if (node is not MapNode && ShorthandKey(type) is { } shorthand)
        {
            var implied = new MapNode([new MapEntry(new ScalarNode(shorthand, Quoted: false, node.Line, node.Column), node)], node.Line, node.Column);
            return ReadObject(type, new MapReader(implied, path, errors, shorthand), path, errors, siblings);
        }

        return MapReader.Open(node, path, errors) is { } map ? ReadObject(type, map, path, errors, siblings) : null;
    }

    private static IList ReadList(Type item, DocumentNode node, string path, DocumentErrors errors)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        if (node is not ListNode source)
        {
            errors.Add(node, path, $"This must be a list, but it is {node.Kind}.", "Begin each entry with '- '.");
            return list;
        }

        for (var i = 0; i < source.Items.Count; i++)
        {
            if (Read(item, source.Items[i], $"{path}[{i}]", errors) is { } value) list.Add(value);
        }

        return list;
    }

    private static Dictionary<string, string> ReadTexts(DocumentNode node, string path, DocumentErrors errors)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (MapReader.Open(node, path, errors) is not { } map) return texts;
        foreach (var (key, value) in map.Node.Entries)
        {
            if (Scalars.Text(value, map.Path(key.Text), errors) is { } text) texts[key.Text] = text;
        }

        return texts;
    }

    private static object? ReadParsable(MethodInfo parse, ScalarNode scalar, string path, DocumentErrors errors)
    {
        try
        {
            return Scalars.Text(scalar, path, errors) is { } text ? parse.Invoke(null, [text, null]) : null;
        }
        catch (TargetInvocationException exception) when (exception.InnerException is FormatException flaw)
        {
            errors.Add(scalar, path, flaw.Message);
            return null;
        }
    }

    private static object ReadObject(Type type, MapReader map, string path, DocumentErrors errors, IEnumerable<string> siblings)
    {
        var before = errors.Count;
        var options = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties().Where(property => property.SetMethod is not null))
        {
            ReadProperty(options, property, map);
        }

        map.Finish(siblings);
        if (errors.Count > before || options is not IValidatableObject validatable) return options;
        foreach (var result in validatable.Validate(new ValidationContext(options)))
        {
            var member = result.MemberNames.FirstOrDefault() ?? "";
            errors.Add(Locate(map.Node, member), member.Length == 0 ? path : map.Path(member), result.ErrorMessage ?? "This is invalid.");
        }

        return options;
    }

    private static void ReadProperty(object options, PropertyInfo property, MapReader map)
    {
        var key = Key(property);
        var node = property.IsDefined(typeof(RequiredMemberAttribute)) ? map.Require(key, $"Add '{key}: …'.") : map.Find(key);
        if (node is null) return;
        var before = map.Errors.Count;
        var value = Read(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType, node, map.Path(key), map.Errors);
        if (value is null || map.Errors.Count > before) return;
        property.SetValue(options, value);
        var context = new ValidationContext(options) { MemberName = property.Name, DisplayName = key };
        foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
        {
            if (rule.GetValidationResult(value, context) is { } flaw) map.Errors.Add(node, map.Path(key), flaw.ErrorMessage ?? "This is invalid.");
        }
    }

    /// <summary>The part of a map that a path such as <c>nodes[1]</c> names, or as near as there is one.</summary>
    private static DocumentNode Locate(MapNode map, string member)
    {
        var parts = member.Split('[', ']');
        var found = map.Entries.FirstOrDefault(entry => entry.Key.Text == parts[0])?.Value ?? map;
        return found is ListNode list && parts.Length > 1 && int.TryParse(parts[1], out var i) && i < list.Items.Count ? list.Items[i] : found;
    }

    private static string Key(PropertyInfo property) =>
        property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name);

    private static MethodInfo? FindParse(Type type) =>
        type.GetInterfaces().Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IParsable<>))
            ? type.GetMethod("Parse", BindingFlags.Public | BindingFlags.Static, [typeof(string), typeof(IFormatProvider)])
            : null;
}
