using System.Globalization;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Delivery;

namespace Wheelhouse.Cli.Commands.Delivery;

/// <summary>Writes delivery figures for people.</summary>
internal static class DeliveryWords
{
    private const string None = "-";

    /// <summary>One row of the table.</summary>
    public static IEnumerable<string> Cells(string name, DeliveryFigures figures) =>
    [
        name,
        figures.Deployments.ToString(CultureInfo.InvariantCulture),
        figures.Deployments == 0 ? None : figures.DeploymentsPerDay.ToString("0.##", CultureInfo.InvariantCulture),
        figures.LeadTime is { } lead ? Times.Span(TimeSpan.FromSeconds(lead.Median)) + (figures.LeadTimeBasis == LeadTimeBases.Publication ? " (published)" : "") : None,
        figures.ChangeFailureRate is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{rate * 100:0.#} % ({figures.Failed})") : None,
        (figures.TimeToRestore is { } restore ? Times.Span(TimeSpan.FromSeconds(restore.Median)) : None)
            + (figures.Unrestored > 0 ? string.Create(CultureInfo.InvariantCulture, $", {figures.Unrestored} not yet") : ""),
    ];
}
