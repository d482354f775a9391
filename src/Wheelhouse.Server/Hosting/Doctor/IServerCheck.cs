using Wheelhouse.Contracts.Doctor;
using Wheelhouse.Server.Hosting.Settings;
using Wheelhouse.Server.Hosting.Startup;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Hosting.Doctor;

/// <summary>One thing about the server's surroundings that the doctor looks at.</summary>
internal interface IServerCheck
{
    /// <summary>Its name in the findings.</summary>
    string Name { get; }

    /// <summary>Looks. An exception becomes a failed finding.</summary>
    Task<CheckResult> RunAsync(Surroundings surroundings, CancellationToken cancellationToken);
}

/// <summary>What the checks look at.</summary>
/// <param name="Settings">The valid settings.</param>
/// <param name="Data">The data directory.</param>
/// <param name="Running">The server that runs on that directory now; null when none does.</param>
/// <param name="Now">The time.</param>
internal sealed record Surroundings(ServerSettings Settings, DataDirectory Data, ServerFile? Running, DateTimeOffset Now);

/// <summary>What a check found; see <see cref="DoctorFinding"/>.</summary>
internal sealed record CheckResult(string Status, string Message, string? Fix)
{
    public static CheckResult Ok(string message) => new("ok", message, null);

    public static CheckResult Skipped(string message) => new("skipped", message, null);

    public static CheckResult Warning(string message, string fix) => new("warning", message, fix);

    public static CheckResult Failed(string message, string fix) => new("failed", message, fix);
}
