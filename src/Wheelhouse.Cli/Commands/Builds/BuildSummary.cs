using Spectre.Console;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Builds;

namespace Wheelhouse.Cli.Commands.Builds;

/// <summary>Says how a build ended.</summary>
internal static class BuildSummary
{
    /// <summary>Writes it.</summary>
    public static void Write(BuildView build, Writer output)
    {
        var symbols = new Symbols(output.Console.Profile.Capabilities.Unicode);
        var isGood = build.State == BuildStates.Succeeded;
        output.Console.WriteLine();
        output.Console.Write(new Paragraph($"{(isGood ? symbols.Check : symbols.Cross)} {Title(build)}", isGood ? Symbols.Good : Symbols.Bad));
        output.Console.WriteLine();
        if (build.Tests is { } tests)
        {
            output.Line($"  tests: {tests.Passed} passed, {tests.Failed} failed, {tests.Skipped} skipped");
            foreach (var failure in tests.Failures) output.Line($"  {Printable.Of(failure.Name)}: {Printable.Of(failure.Message)}");
        }

        foreach (var file in isGood ? build.Files : []) output.Line($"  {file.Name}");
        if (isGood && build.Trigger == BuildTriggers.WorkingTree) output.Line("  Not published: it was built from a working tree.");
        if (build.Error is { } error) output.Line($"  {Printable.Of(error)}");
        if (build.Fix is { } fix) output.Line($"  fix: {Printable.Of(fix)}");
        if (!isGood) output.Line($"  see it again: wheelhouse builds follow {build.Id}");
    }

    /// <summary>The code that tells a build's state.</summary>
    /// <param name="state">One of <see cref="BuildStates"/>.</param>
    public static int ExitCodeOf(string state) => state switch
    {
        BuildStates.Succeeded => ExitCodes.Success,
        BuildStates.Failed => ExitCodes.Failed,
        BuildStates.Cancelled or BuildStates.Superseded or BuildStates.Skipped => ExitCodes.Cancelled,
        _ => ExitCodes.Error,
    };

    private static string Title(BuildView build)
    {
        var took = build.EndedAt - build.StartedAt is { } span ? $" in {Times.Span(span)}" : "";
        return $"{build.Project}{(build.Version is null ? "" : $" {build.Version}")}: {build.State}{took}";
    }
}
