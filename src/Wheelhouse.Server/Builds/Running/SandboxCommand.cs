namespace Wheelhouse.Server.Builds.Running;

/// <summary>
/// The command that makes a sandbox, by bwrap(1): namespaces of its own for users, processes, network, host name and System V objects; the system's programs
/// to read; a disk in memory that is gone with it; no capability, no way to more users, and nobody else to see.
/// </summary>
internal static class SandboxCommand
{
    private const long SharedMemory = 256 << 20;

    /// <summary>What programs expect of /etc, and holds no secret.</summary>
    private static readonly string[] Settings =
    [
        "/etc/alternatives", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime", "/etc/mime.types", "/etc/ssl/certs", "/etc/ssl/openssl.cnf",
        "/etc/ca-certificates.conf", "/etc/python3", "/etc/python3.11", "/etc/protocols", "/etc/services",
    ];

    private static readonly string[] NetworkSettings = ["/etc/resolv.conf", "/etc/hosts", "/etc/nsswitch.conf"];

    /// <summary>
    /// The server's own folders can be entered by root alone, and bwrap runs as the build's user. So root mounts what the build may see in a mount
    /// namespace of its own, which ends with it, and then becomes that user. Arguments: the user, pairs of (r or w, path), --, the command.
    /// </summary>
    private const string AsUser =
        """
        set -eu
        user=$1; shift
        mount -t tmpfs -o size=1m,mode=755 none /mnt
        number=0
        while [ "$1" != -- ]; do
            [ "$1" = r ] || chown "$user:$user" "$2"
            if [ -d "$2" ]; then mkdir "/mnt/$number"; else : > "/mnt/$number"; fi
            mount --bind "$2" "/mnt/$number"
            number=$((number + 1)); shift 2
        done
        shift
        exec setpriv --reuid "$user" --regid "$user" --clear-groups --inh-caps=-all --no-new-privs "$@"
        """;

    /// <summary>A service that may listen on port 80 hands that right on (capabilities(7), ambient), and bwrap refuses to start with any.</summary>
    private static readonly string[] AsNobodyMore = ["setpriv", "--inh-caps=-all", "--ambient-caps=-all", "--no-new-privs"];

    /// <summary>The command and its arguments; it becomes bwrap, in a session of its own.</summary>
    /// <param name="plan">The sandbox.</param>
    /// <param name="command">What runs in it.</param>
    public static IReadOnlyList<string> For(SandboxPlan plan, IReadOnlyList<string> command)
    {
        if (plan.User is not { } user) return ["setsid", .. AsNobodyMore, .. Bubblewrap(plan, plan.Mounts.Select(mount => mount.Source), command)];
        return
        [
            "setsid", "unshare", "--mount", "--propagation", "private", "sh", "-c", AsUser, "sh", $"{user}",
            .. plan.Mounts.SelectMany(mount => new[] { mount.IsWritable ? "w" : "r", mount.Source }), "--",
            .. Bubblewrap(plan, plan.Mounts.Select((_, number) => $"/mnt/{number}"), command),
        ];
    }

    private static List<string> Bubblewrap(SandboxPlan plan, IEnumerable<string> sources, IReadOnlyList<string> command)
    {
        List<string> words =
        [
            "bwrap", "--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname", "build",
            "--clearenv", "--setenv", "PATH", "/usr/local/bin:/usr/bin:/bin", "--setenv", "LC_ALL", "C.UTF-8",
            "--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin", "--symlink", "usr/sbin", "/sbin", "--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64",
            "--proc", "/proc", "--dev", "/dev", "--size", $"{Math.Min(SharedMemory, plan.Limits.Disk)}", "--tmpfs", "/dev/shm", "--remount-ro", "/dev",
            "--size", $"{plan.Limits.Disk}", "--tmpfs", "/build", "--symlink", "build/tmp", "/tmp",
        ];
        if (plan.HasNetwork) words.Add("--share-net");
        foreach (var path in plan.HasNetwork ? [.. Settings, .. NetworkSettings] : Settings) words.AddRange(["--ro-bind-try", path, path]);
        foreach (var (mount, source) in plan.Mounts.Zip(sources)) words.AddRange([mount.IsWritable ? "--bind" : "--ro-bind", source, mount.Target]);
        return [.. words, "--remount-ro", "/", "--chdir", "/build", "--", .. command];
    }
}
