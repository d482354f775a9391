using System.Threading.Channels;

namespace Wheelhouse.Server.Rollouts.Reports;

/// <summary>The rollouts that ended on this server and are not yet reported. Telling costs nothing and never fails, so that reporting can do a rollout no harm.</summary>
internal sealed class EndedRollouts
{
    private readonly Channel<string> _ids = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Tells that a rollout ended. Call it when its end is durable.</summary>
    public void Tell(string rollout) => _ids.Writer.TryWrite(rollout);

    /// <summary>Each of them, in order, until <see cref="Complete"/>.</summary>
    public IAsyncEnumerable<string> ReadAllAsync() => _ids.Reader.ReadAllAsync(CancellationToken.None);

    /// <summary>No other will end on this server.</summary>
    public void Complete() => _ids.Writer.TryComplete();
}
