namespace Wheelhouse.Tests.Nodes.Payload;

/// <summary>A real systemd that manages units of this user, also where systemd is not the first process: it gets control groups and a <c>/run/systemd</c> of its own.</summary>
public sealed class UserSystemd : IAsyncDisposable
{
    private const string Program = "/lib/systemd/systemd";

    private const string Script = """
        for groups in /sys/fs/cgroup/systemd /sys/fs/cgroup/unified /sys/fs/cgroup; do
            if [ -w $groups/cgroup.procs ] && mkdir $groups/$0; then echo $$ > $groups/$0/cgroup.procs; fi
        done
        mount -t tmpfs tmpfs /run/systemd && mkdir /run/systemd/system && exec /lib/systemd/systemd --user --unit=basic.target
        """;

    private readonly TempFolder _folder = new("sd");
    private readonly ChildProcess _manager;

    private UserSystemd()
    {
        Directory.CreateDirectory(_folder["units"]);
        _manager = ChildProcess.Start("unshare", ["--mount", "/bin/sh", "-c", Script, Path.GetFileName(_folder.Root)], Environment);
    }

    /// <summary>What <c>systemctl --user</c> needs to find it, as a login session has it.</summary>
    public IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["XDG_RUNTIME_DIR"] = _folder.Root,
        ["SYSTEMD_UNIT_PATH"] = _folder["units"] + ":",
        ["SYSTEMD_LOG_TARGET"] = "console",
        ["DBUS_SESSION_BUS_ADDRESS"] = null,
    };

    /// <summary>Starts it; skips the test where it cannot run.</summary>
    public static async Task<UserSystemd> StartAsync(CancellationToken token)
    {
        Assert.SkipUnless(System.Environment.IsPrivilegedProcess, "Only root can give systemd a mount namespace.");
        Assert.SkipUnless(File.Exists(Program) && Directory.Exists("/run/systemd"), "There is no systemd on this machine.");
        var systemd = new UserSystemd();
        await Eventually.TrueAsync(() => systemd._manager.HasExited || File.Exists(systemd._folder["systemd/private"]), "systemd", TimeSpan.FromSeconds(30), token);
        if (!systemd._manager.HasExited) return systemd;
        var reason = systemd._manager.Everything;
        await systemd.DisposeAsync();
        Assert.Skip($"systemd does not run on this machine: {reason}");
        throw new InvalidOperationException("The test was skipped.");
    }

    /// <summary>Defines a unit; its name must be no other test's.</summary>
    public async Task WriteAsync(string unit, string text, CancellationToken token)
    {
        _folder.Write($"units/{unit}", text);
        await ChildProcess.CheckAsync("systemctl", ["--user", "daemon-reload"], token, Environment);
    }

    public async ValueTask DisposeAsync()
    {
        await _manager.DisposeAsync();
        string[] groups = ["/sys/fs/cgroup/systemd/", "/sys/fs/cgroup/unified/", "/sys/fs/cgroup/"];
        var made = groups.Select(folder => folder + Path.GetFileName(_folder.Root)).Where(Directory.Exists).ToList();
        if (made.Count > 0) await ChildProcess.RunAsync("find", [.. made, "-depth", "-type", "d", "-delete"], CancellationToken.None);
        _folder.Dispose();
    }
}
