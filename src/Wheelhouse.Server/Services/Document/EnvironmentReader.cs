using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Inventory.Queries;

namespace Wheelhouse.Server.Services.Document;

/// <summary>Reads the environments of a service.</summary>
internal sealed class EnvironmentReader(NodeQueryReader queries)
{
    /// <summary>Reads <c>environments</c>; what one of them does not say is as the service says.</summary>
    public IReadOnlyList<EnvironmentDocument> ReadAll(MapReader service)
    {
        var defaults = ReadShared(service, new Shared(null, null, null, new Dictionary<string, string>(StringComparer.Ordinal), null, null, new PolicyDocument()));
        var environments = new List<EnvironmentDocument>();
        if (service.Require("environments", "Add a list of environments, each with a name and nodes.") is not { } node) return environments;
        if (node is ListNode { Items.Count: 0 }) service.Errors.Add(node, "environments", "The list of environments is empty.", "Name at least one environment.");
        var names = new UniqueNames("environment");
        foreach (var (item, path) in service.List("environments"))
        {
            if (MapReader.Open(item, path, service.Errors) is not { } map) continue;
            var environment = Read(map, defaults);
            names.Check(map, environment.Name);
            environments.Add(environment);
        }

        return environments;
    }

    private EnvironmentDocument Read(MapReader map, Shared defaults)
    {
        var name = map.RequiredText("name", "Add 'name: production'.", NameRule.Check);
        var nodes = ReadNodes(map);
        var deploy = map.Word("deploy", "manual", "manual", "automatic", "automatic-prereleases");
        var convergesNew = map.Word("new_nodes", "wait", "wait", "converge") is "converge";
        var freezes = FreezeReader.ReadAll(map);
        var own = ReadShared(map, defaults);
        map.Finish();
        if (own.Python is null && map.Find("python") is null)
            map.Errors.Add(map.Node, map.Path("python"), "'python' is missing.", "Add 'python: \"3.11\"' to the service or to this environment.");
        if (own.Root is null && map.Find("root") is null)
            map.Errors.Add(map.Node, map.Path("root"), "'root' is missing.", "Add 'root: /srv/NAME' to the service or to this environment.");
        return new EnvironmentDocument
        {
            Name = name,
            Nodes = nodes!,
            Automatic = deploy is not "manual",
            AutomaticPrereleases = deploy is "automatic-prereleases",
            ConvergeNewNodes = convergesNew,
            Freezes = freezes,
            Policy = own.Policy,
            Python = own.Python ?? "",
            Root = own.Root ?? "",
            User = own.User,
            Variables = own.Variables,
            Drain = own.Drain,
            Undrain = own.Undrain,
        };
    }

    /// <summary>What a service says for all of its environments, and each of them for itself.</summary>
    private static Shared ReadShared(MapReader map, Shared defaults) => new(
        map.Text("python", Rules.Python) ?? defaults.Python,
        map.Text("root", Rules.Root) ?? defaults.Root,
        map.Text("user", Rules.User) ?? defaults.User,
        Variables.Merge(defaults.Variables, Variables.Read(map)),
        ReadHook(map, "drain") ?? defaults.Drain,
        ReadHook(map, "undrain") ?? defaults.Undrain,
        PolicyReader.Read(map, defaults.Policy));

    private static HookDocument? ReadHook(MapReader owner, string key)
    {
        var timeout = TimeSpan.FromSeconds(60);
        if (owner.Find(key) is not { } node) return null;
        if (node is ScalarNode) return owner.Text(key, Rules.Command) is { } text ? new HookDocument(text, timeout) : null;
        if (MapReader.Open(node, owner.Path(key), owner.Errors) is not { } map) return null;
        var hook = new HookDocument(map.RequiredText("command", "Add 'command: …'.", Rules.Command), map.PositiveTime("timeout", timeout));
        map.Finish();
        return hook;
    }

    private NodeQuery? ReadNodes(MapReader environment) =>
        environment.Require("nodes", queries.Fix) is { } node ? queries.Read(node, environment.Path("nodes"), environment.Errors) : null;

    private sealed record Shared(
        string? Python, string? Root, string? User, IReadOnlyDictionary<string, string> Variables, HookDocument? Drain, HookDocument? Undrain, PolicyDocument Policy);
}
