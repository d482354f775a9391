using System.CommandLine;
using System.Reflection;
using Wheelhouse.Cli.Output;
using Wheelhouse.Cli.Settings;
using Wheelhouse.Contracts.Client;

namespace Wheelhouse.Cli.Hosting;

/// <summary>What a command works with while it runs.</summary>
internal sealed class CommandContext : IDisposable
{
    private WheelhouseClient? _client;

    public CommandContext(CliHost host, ParseResult arguments)
    {
        Host = host;
        Arguments = arguments;
        Output = new Writer(host, arguments.GetValue(GlobalOptions.Json), arguments.GetValue(GlobalOptions.NoColor));
    }

    /// <summary>This program's version.</summary>
    public static string Version { get; } =
        typeof(CommandContext).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    public CliHost Host { get; }

    public ParseResult Arguments { get; }

    public Writer Output { get; }

    /// <summary>Whether programs read the output.</summary>
    public bool Json => Output.Json;

    /// <summary>The server that this command speaks to.</summary>
    /// <exception cref="CliException">None is known, or its URL is not one.</exception>
    public WheelhouseClient Client => _client ??= Connect(Connection.Find(Host, Arguments.GetValue(GlobalOptions.Server)));

    /// <summary>The value of an option; its default when it is not given.</summary>
    public T? Get<T>(Option<T> option) => Arguments.GetValue(option);

    /// <summary>The value of an argument; its default when it is not given.</summary>
    public T? Get<T>(Argument<T> argument) => Arguments.GetValue(argument);

    /// <summary>The value of an argument that must be given.</summary>
    public T Need<T>(Argument<T> argument) => Arguments.GetRequiredValue(argument);

    /// <summary>Makes a client for a connection other than the usual one.</summary>
    public static WheelhouseClient Connect(Connection connection) =>
        WheelhouseClient.Create(connection.Server, connection.Token, $"wheelhouse/{Version}");

    public void Dispose() => _client?.Dispose();
}
