using Wheelhouse.Server.Builds.Running;
using Wheelhouse.Server.Hosting.Programs;

namespace Wheelhouse.Server.Hosting.Doctor;

/// <summary>Builds can run: a sandbox is made as builds make theirs, and Python is asked in it. A server that only deploys needs none of it, so nothing of this fails.</summary>
internal sealed class BuildsCheck : IServerCheck
{
    private const string AskPython =
        """
        import sys, venv
        try:
            import pip
            version = pip.__version__
        except ImportError:
            import ensurepip
            version = ensurepip.version()
        print(sys.version.split()[0], version)
        """;

    private static readonly Version OldestPip = new(22, 3);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Each program with the Debian package that has it.</summary>
    private static readonly (string Program, string Package)[] Programs =
        [("git", "git"), ("bwrap", "bubblewrap"), ("setsid", "util-linux"), ("unshare", "util-linux"), ("setpriv", "util-linux"), ("prlimit", "util-linux"), ("mount", "mount"), ("sh", "dash")];

    public string Name => "builds";

    public async Task<CheckResult> RunAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var (program, package) in Programs) ProgramRunner.Find(program, $"Install it; on Debian: apt install {package}.");
            var options = surroundings.Settings.Get<SandboxOptions>();
            if (!File.Exists(options.Python))
                return CheckResult.Warning($"No build can run: there is no Python at {options.Python}.", "Install it, or set builds.sandbox.python; on Debian: apt install python3 python3-venv python3-pip.");
            return await TryAsync(options, cancellationToken);
        }
        catch (ProgramException missing)
        {
            return CheckResult.Warning($"No build can run: {missing.Message}", missing.Fix ?? "Install it.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return CheckResult.Warning($"No build can run: a sandbox was not made within {Patience.TotalSeconds} seconds.", "Look what keeps this machine from starting programs.");
        }
    }

    private static async Task<CheckResult> TryAsync(SandboxOptions options, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        var plan = new SandboxPlan(Environment.IsPrivilegedProcess ? options.FirstUser : null, new BuildLimits(), options.Python, HasNetwork: false, []);
        // The runner of programs makes the session that the first word of the command is for.
        var command = SandboxCommand.For(plan, [options.Python, "-I", "-c", AskPython]).Skip(1).ToList();
        var result = await ProgramRunner.RunAsync(new ProgramStart(ProgramRunner.Find(command[0], "Install util-linux."), command[1..], "/"), patience.Token);
        var output = System.Text.Encoding.UTF8.GetString(result.Output.Span).Split(' ', StringSplitOptions.TrimEntries);
        if (result.ExitCode == 0 && output is [var python, var pip])
        {
            return Version.TryParse(pip, out var version) && version >= OldestPip
                ? CheckResult.Ok($"A sandbox can be made; Python {python} with pip {pip} is in it.")
                : CheckResult.Warning($"No build can run: pip {pip} of {options.Python} is too old.", $"Install pip {OldestPip} or newer.");
        }

        var said = result.Errors.Trim().Split('\n')[^1];
        return said.Contains("Error: No module named", StringComparison.Ordinal)
            ? CheckResult.Warning($"No build can run: {options.Python} says {said}", "Install what is missing; on Debian: apt install python3-venv python3-pip.")
            : CheckResult.Warning(
                $"No build can run: no sandbox can be made. {said}",
                "Let bwrap make user namespaces: sysctl user.max_user_namespaces above 0; on Ubuntu an AppArmor profile that allows bwrap 'userns'; in a container, its runtime's leave for that.");
    }
}
