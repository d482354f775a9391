namespace Wheelhouse.Server.Documents;

/// <summary>
/// Marks the property of an options type that is meant when no map is written:
/// with it on <c>Nodes</c>, <c>static: [app1]</c> says the same as <c>static: { nodes: [app1] }</c>.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ShorthandAttribute : Attribute;
