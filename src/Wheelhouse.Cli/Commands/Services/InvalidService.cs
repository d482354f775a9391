using System.Globalization;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Services;

namespace Wheelhouse.Cli.Commands.Services;

/// <summary>Tells why the stored document of a service is not valid for the server any more.</summary>
internal static class InvalidService
{
    public static void Write(CommandContext context, ServiceView service)
    {
        context.Output.Line(string.Create(CultureInfo.InvariantCulture, $"{service.Name}: revision {service.Revision} of its document is not valid for this server:"));
        foreach (var error in service.Errors)
        {
            var fix = error.Fix is null ? "" : $" ({error.Fix})";
            context.Output.Line(Printable.Of(string.Create(CultureInfo.InvariantCulture, $"  line {error.Line}, {error.Field}: {error.Message}{fix}")));
        }
        context.Output.Line($"  fix: save it with 'wheelhouse show {service.Name}', correct it and apply it again.");
    }
}
