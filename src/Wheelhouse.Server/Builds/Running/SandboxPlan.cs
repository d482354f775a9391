namespace Wheelhouse.Server.Builds.Running;

/// <summary>What a sandbox is made of.</summary>
/// <param name="User">As whom it runs; null for the server's own user.</param>
/// <param name="Limits">How much it may use.</param>
/// <param name="Python">The Python that is started in it.</param>
/// <param name="HasNetwork">Whether it shares the machine's network.</param>
/// <param name="Mounts">What it sees of the server, beside the system's programs.</param>
internal sealed record SandboxPlan(int? User, BuildLimits Limits, string Python, bool HasNetwork, IReadOnlyList<SandboxMount> Mounts);

/// <summary>A file or folder of the server that a sandbox sees.</summary>
/// <param name="Source">Where it is on the server.</param>
/// <param name="Target">Where the sandbox sees it.</param>
/// <param name="IsWritable">Whether it can be changed; a writable folder is given to the build's user.</param>
internal sealed record SandboxMount(string Source, string Target, bool IsWritable = false);
