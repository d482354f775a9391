using System.ComponentModel.DataAnnotations;

namespace Wheelhouse.Server.Hosting.Settings;

/// <summary>One thing that is wrong with the settings.</summary>
/// <param name="Name">The setting.</param>
/// <param name="Source">Where its value came from, such as <c>--urls</c> or <c>wheelhouse.yaml, line 3</c>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Fix">What to do about it, or null.</param>
public sealed record SettingProblem(string Name, string Source, string Message, string? Fix)
{
    public override string ToString() => $"{Name} ({Source}): {Message}" + (Fix is null ? "" : $"\n    fix: {Fix}");
}

/// <summary>What an options class says about itself when it is not valid.</summary>
/// <param name="property">The property that is wrong.</param>
/// <param name="message">What is wrong.</param>
/// <param name="fix">What to do about it, or null.</param>
public sealed class SettingError(string property, string message, string? fix = null) : ValidationResult(message, [property])
{
    public string? Fix { get; } = fix;
}

/// <summary>The settings are not valid, so the server does not start.</summary>
/// <param name="problems">Every problem.</param>
public sealed class SettingsException(IReadOnlyList<SettingProblem> problems)
    : Exception($"{problems.Count} setting(s) are wrong:\n" + string.Join('\n', problems.Select(problem => "  " + problem)))
{
    public IReadOnlyList<SettingProblem> Problems { get; } = problems;
}
