using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Index;

/// <summary>The only way to change rows of the index: once a change is durable, nobody is answered from memory with what was before it.</summary>
internal sealed class IndexChanges(DatabaseWriter writer, IndexGenerations generations)
{
    /// <summary>Applies a change of one project; see <see cref="DatabaseWriter.WriteAsync{T}"/>.</summary>
    /// <param name="project">The project's normalised name.</param>
    /// <param name="change">The change.</param>
    /// <returns>What the change returned.</returns>
    public async Task<T> WriteAsync<T>(string project, Func<WheelhouseContext, T> change)
    {
        try
        {
            // A change that has begun is not given up: its rows may already be on the way to the disk.
            return await writer.WriteAsync(change, CancellationToken.None);
        }
        finally
        {
            generations.Raise(project);
        }
    }
}
