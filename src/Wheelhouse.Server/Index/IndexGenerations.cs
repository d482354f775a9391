using System.Runtime.InteropServices;

namespace Wheelhouse.Server.Index;

/// <summary>
/// Counts the changes of each project, in memory, so that what was remembered of a project is known to be current without asking the database.
/// Take the generation before reading; what was read is current as long as the generation is the same. Holds for one server on a database.
/// </summary>
internal sealed class IndexGenerations
{
    /// <summary>What the list of all projects counts as.</summary>
    public const string AllProjects = "";

    // Projects share counters: a shared one only makes something current be read once more.
    private readonly long[] _counters = new long[4096];

    /// <summary>The generation of a project now.</summary>
    /// <param name="project">Its normalised name, or <see cref="AllProjects"/>.</param>
    public Generation Of(string project)
    {
        var counter = (int)((uint)project.GetHashCode(StringComparison.Ordinal) % (uint)_counters.Length);
        return new(counter, Volatile.Read(ref _counters[counter]));
    }

    /// <summary>Whether nothing changed since a generation was taken.</summary>
    public bool IsCurrent(Generation generation) => Volatile.Read(ref _counters[generation.Counter]) == generation.Count;

    /// <summary>Makes everything that was read of a project before now out of date, and the list of all projects too.</summary>
    public void Raise(string project)
    {
        Interlocked.Increment(ref _counters[Of(project).Counter]);
        Interlocked.Increment(ref _counters[Of(AllProjects).Counter]);
    }
}

/// <summary>A moment in the life of a project.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Generation(int Counter, long Count);
