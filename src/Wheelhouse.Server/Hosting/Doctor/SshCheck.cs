using System.ComponentModel;
using System.Diagnostics;

namespace Wheelhouse.Server.Hosting.Doctor;

/// <summary>The OpenSSH client is there: it is how nodes are reached.</summary>
internal sealed class SshCheck : IServerCheck
{
    private const string Fix = "Install the OpenSSH client; on Debian: apt install openssh-client.";

    public string Name => "ssh";

    public async Task<CheckResult> RunAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        try
        {
            using var ssh = Process.Start(new ProcessStartInfo("ssh", "-V") { RedirectStandardError = true, UseShellExecute = false })!;
            var version = (await ssh.StandardError.ReadToEndAsync(cancellationToken)).Trim();
            await ssh.WaitForExitAsync(cancellationToken);
            return version.StartsWith("OpenSSH", StringComparison.Ordinal) ? CheckResult.Ok(version) : CheckResult.Failed($"'ssh' is not OpenSSH: {version}", Fix);
        }
        catch (Win32Exception)
        {
            return CheckResult.Failed("There is no program 'ssh' in PATH.", Fix);
        }
    }
}
