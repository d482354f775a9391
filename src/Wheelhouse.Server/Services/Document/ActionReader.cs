using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Services.Document;

/// <summary>Reads the actions of a process: <c>start</c>, <c>reload</c>, <c>restart</c>, <c>stop</c>.</summary>
internal static class ActionReader
{
    private static readonly string[] Kinds = ["command", "systemd", "signal"];

    /// <summary>Signals that a program can handle.</summary>
    private static readonly string[] Signals = ["HUP", "INT", "QUIT", "TERM", "USR1", "USR2", "WINCH", "TTIN", "TTOU"];

    /// <summary>Reads an action; plain text is a command.</summary>
    /// <param name="process">The process's map.</param>
    /// <param name="key">The action's key.</param>
    /// <param name="pidFile">Receives the pidfile that a signal names.</param>
    public static ProcessAction? Read(MapReader process, string key, ref (string File, DocumentNode At)? pidFile)
    {
        if (process.Find(key) is not { } node) return null;
        if (node is ScalarNode) return process.Text(key, Rules.Command) is { } text ? new CommandAction(text) : null;
        if (MapReader.Open(node, process.Path(key), process.Errors) is not { } map) return null;
        var given = Kinds.Where(kind => map.Find(kind) is not null).ToList();
        var action = given switch
        {
            ["command"] => map.Text("command", Rules.Command) is { } command ? new CommandAction(command) : null,
            ["systemd"] => ReadSystemd(map),
            ["signal"] => ReadSignal(map, ref pidFile),
            _ => Refuse(map, process.Path(key), given),
        };
        if (action is SignalAction && key is "start")
            process.Errors.Add(node, process.Path(key), "A signal cannot start a process.", "Give a command or a systemd unit.");
        map.Finish();
        return action;
    }

    private static ProcessAction? Refuse(MapReader map, string path, List<string> given)
    {
        map.Errors.Add(map.Node, path, given.Count == 0 ? "The action does nothing." : $"The action has several kinds: {string.Join(", ", given)}.",
            $"Give exactly one of: {string.Join(", ", Kinds)}.");
        return null;
    }

    private static SystemdAction? ReadSystemd(MapReader map)
    {
        var scope = map.Word("scope", "system", "system", "user");
        return map.Text("systemd", Rules.Unit) is { } unit ? new SystemdAction(unit, scope) : null;
    }

    private static SignalAction? ReadSignal(MapReader map, ref (string File, DocumentNode At)? pidFile)
    {
        if (map.Text("pidfile", Rules.RootedPath) is { } file) pidFile ??= (file, map.Find("pidfile")!);
        return map.Text("signal", Signal) is { } signal ? new SignalAction(Short(signal)) : null;
    }

    private static Flaw? Signal(string text) => Signals.Contains(Short(text)) ? null : new(
        $"'{text}' is not a signal that a program can handle.", Suggestion.Fix(Short(text), Signals));

    private static string Short(string signal) => signal.StartsWith("SIG", StringComparison.Ordinal) ? signal[3..] : signal;
}
