using Microsoft.Extensions.Options;

namespace Wheelhouse.Server.Builds.Running;

/// <summary>The user ids of builds, each of one build at a time, so that no build can count or signal the processes of another.</summary>
internal sealed class BuildUsers(IOptions<SandboxOptions> options)
{
    private readonly Lock _lock = new();
    private readonly SortedSet<int> _taken = [];

    /// <summary>Takes the lowest id that is free, until it is disposed of.</summary>
    public BuildUser Take()
    {
        if (!Environment.IsPrivilegedProcess) return new BuildUser(null, () => { });
        lock (_lock)
        {
            var id = options.Value.FirstUser;
            while (!_taken.Add(id)) id++;
            return new BuildUser(id, () => Release(id));
        }
    }

    private void Release(int id)
    {
        lock (_lock) _taken.Remove(id);
    }
}

/// <summary>A user id that is taken.</summary>
/// <param name="id">The id; null when the server is no root and so builds as its own user.</param>
/// <param name="release">Gives it back.</param>
internal sealed class BuildUser(int? id, Action release) : IDisposable
{
    public int? Id => id;

    public void Dispose() => release();
}
