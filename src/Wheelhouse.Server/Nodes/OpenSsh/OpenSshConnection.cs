using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;
using Wheelhouse.Server.Inventory;

namespace Wheelhouse.Server.Nodes.OpenSsh;

/// <summary>One running ssh client.</summary>
internal sealed class OpenSshConnection : INodeConnection
{
    /// <summary>How much of what ssh says on standard error is kept: the last so many characters.</summary>
    private const int KeptErrorText = 8 * 1024;

    private readonly Process _process;
    private readonly InventoryNode _node;
    private readonly StringBuilder _errors = new();
    private readonly Task _errorsRead;
    private readonly Lazy<Task> _disposal;

    public OpenSshConnection(Process process, InventoryNode node)
    {
        _process = process;
        _node = node;
        ProcessId = process.Id;
        Output = PipeReader.Create(process.StandardOutput.BaseStream);
        Input = process.StandardInput.BaseStream;
        _errorsRead = ReadErrorsAsync();
        Ended = ExplainEndAsync();
        _disposal = new Lazy<Task>(KillAsync);
    }

    public PipeReader Output { get; }

    public Stream Input { get; }

    public Task<NodeConnectException> Ended { get; }

    /// <summary>The ssh client's own process id, for tests.</summary>
    internal int ProcessId { get; }

    public async Task CloseAsync(TimeSpan grace)
    {
        if (!_disposal.IsValueCreated)
        {
            await Input.DisposeAsync().ConfigureAwait(false);
            if (grace > TimeSpan.Zero) await Task.WhenAny(Ended, Task.Delay(grace)).ConfigureAwait(false);
        }

        await _disposal.Value.ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync() => await CloseAsync(TimeSpan.Zero).ConfigureAwait(false);

    /// <summary>Ends the client and the clients of its jump hosts, which are its children.</summary>
    private async Task KillAsync()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await Ended.ConfigureAwait(false);
        await Output.CompleteAsync().ConfigureAwait(false);
        _process.Dispose();
    }

    private async Task<NodeConnectException> ExplainEndAsync()
    {
        await _process.WaitForExitAsync().ConfigureAwait(false);
        // A proxy command's descendant may keep the pipe open: what arrived by then must do.
        await Task.WhenAny(_errorsRead, Task.Delay(TimeSpan.FromMilliseconds(500))).ConfigureAwait(false);
        lock (_errors) return OpenSshFailure.Classify(_node, _process.ExitCode, _errors.ToString());
    }

    private async Task ReadErrorsAsync()
    {
        var buffer = new char[1024];
        try
        {
            while (await _process.StandardError.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var read)
            {
                lock (_errors)
                {
                    _errors.Append(buffer, 0, read);
                    if (_errors.Length > 2 * KeptErrorText) _errors.Remove(0, _errors.Length - KeptErrorText);
                }
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
        {
            lock (_errors) _errors.Append('\n').Append(e.Message);
        }
    }
}
