using Wheelhouse.Contracts.Doctor;
using Wheelhouse.Server.Index.Upstreams;

namespace Wheelhouse.Server.Hosting.Doctor;

/// <summary>Looks at everything around the server that it depends on.</summary>
internal static class ServerDoctor
{
    private static readonly IServerCheck[] Checks =
    [
        new DataDirectoryCheck(), new DiskCheck(), new DatabaseCheck(), new SshCheck(), new PortsCheck(), new CertificateCheck(),
        new PublicUrlCheck(), new UpstreamCheck(), new ClockCheck(), new BuildsCheck(),
    ];

    /// <summary>Runs every check, also after one failed.</summary>
    public static async Task<IReadOnlyList<DoctorFinding>> RunAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        var findings = new List<DoctorFinding>();
        foreach (var check in Checks)
        {
            var result = await TryAsync(check, surroundings, cancellationToken);
            findings.Add(new DoctorFinding(null, check.Name, result.Status, result.Message, result.Fix));
        }

        return findings;
    }

    private static async Task<CheckResult> TryAsync(IServerCheck check, Surroundings surroundings, CancellationToken cancellationToken)
    {
        try
        {
            return await check.RunAsync(surroundings, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return CheckResult.Failed(exception.Message, "This check itself failed; the message may say why.");
        }
    }
}
