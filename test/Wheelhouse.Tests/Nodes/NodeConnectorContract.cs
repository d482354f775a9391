using System.Text;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Nodes;

namespace Wheelhouse.Tests.Nodes;

/// <summary>What every <see cref="INodeConnector"/> must do; derive from it for a new one.</summary>
public abstract class NodeConnectorContract
{
    private static readonly TimeSpan Within = TimeSpan.FromSeconds(15);

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A node that lets the connector in.</summary>
    protected abstract Task<InventoryNode> ReachableNodeAsync();

    protected abstract INodeConnector Connector { get; }

    [Theory]
    [InlineData("plain")]
    [InlineData("it's \"quoted\" $HOME `id` \\ ; & | * ~ !")]
    [InlineData("two\nlines")]
    [InlineData("")]
    public async Task An_argument_arrives_as_it_is(string argument)
    {
        await using var connection = await Connector.StartAsync(await ReachableNodeAsync(), ["printf", "%s", argument], Within, Token);
        Assert.Equal(argument, await ReadToEndAsync(connection));
    }

    [Fact]
    public async Task Bytes_go_both_ways_unchanged()
    {
        var bytes = new byte[300_000];
        Random.Shared.NextBytes(bytes);
        await using var connection = await Connector.StartAsync(await ReachableNodeAsync(), ["cat"], Within, Token);
        var writing = connection.Input.WriteAsync(bytes, Token).AsTask();
        var received = await connection.Output.ReadAtLeastAsync(bytes.Length, Token);
        await writing;
        Assert.Equal(bytes, System.Buffers.BuffersExtensions.ToArray(received.Buffer));
        connection.Output.AdvanceTo(received.Buffer.End);
    }

    [Fact]
    public async Task Closing_ends_the_input_and_lets_the_program_end_by_itself()
    {
        var file = Path.GetTempFileName();
        var connection = await Connector.StartAsync(await ReachableNodeAsync(), ["sh", "-c", "echo up; cat; echo done > $0", file], Within, Token);
        await connection.Output.ReadAsync(Token);
        await connection.CloseAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("done\n", await File.ReadAllTextAsync(file, Token));
        File.Delete(file);
    }

    [Fact]
    public async Task A_closed_port_is_unreachable()
    {
        var node = (await ReachableNodeAsync()) with { Port = FreePort.Take() };
        await using var connection = await Connector.StartAsync(node, ["true"], Within, Token);
        var reason = await connection.Ended.WaitAsync(Within, Token);
        Assert.Equal(NodeConnectException.Unreachable, reason.Code);
        Assert.NotNull(reason.Fix);
    }

    [Theory]
    [InlineData("-oProxyCommand=id")]
    [InlineData("a b")]
    [InlineData("a\nb")]
    [InlineData("")]
    [InlineData("$(id)")]
    public async Task Values_that_could_be_options_are_refused(string value)
    {
        var node = await ReachableNodeAsync();
        foreach (var bad in new[] { node with { Address = value }, node with { User = value }, node with { Jump = value }, node with { Jump = "jump," + value } })
        {
            if (value.Length == 0 && bad.Jump == "jump,") continue;
            var refusal = await Assert.ThrowsAsync<NodeConnectException>(() => Connector.StartAsync(bad, ["true"], Within, Token));
            Assert.Equal(NodeConnectException.InvalidAddress, refusal.Code);
        }
    }

    protected static async Task<string> ReadToEndAsync(INodeConnection connection)
    {
        using var text = new MemoryStream();
        await connection.Output.CopyToAsync(text, Token);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
