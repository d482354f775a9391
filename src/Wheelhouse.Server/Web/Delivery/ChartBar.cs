namespace Wheelhouse.Server.Web.Delivery;

/// <summary>One bar of a chart.</summary>
/// <param name="Name">What it is of, such as a day.</param>
/// <param name="Value">How high it is; null where there is nothing to measure.</param>
/// <param name="Text">The value as people say it.</param>
public sealed record ChartBar(string Name, double? Value, string Text);
