using Wheelhouse.Server.Documents;

namespace Wheelhouse.Server.Services.Document;

/// <summary>Reads the processes of a service.</summary>
internal sealed class ProcessReader(CheckReader checks)
{
    /// <summary>Reads <c>processes</c>.</summary>
    public IReadOnlyList<ProcessDocument> ReadAll(MapReader service)
    {
        var node = service.Require("processes", "Add a list of what runs on a node, each with a name and a start.");
        if (node is ListNode { Items.Count: 0 }) service.Errors.Add(node, "processes", "The list of processes is empty.", "Name at least one process.");
        var names = new UniqueNames("process");
        var processes = new List<ProcessDocument>();
        if (node is null) return processes;
        foreach (var (item, path) in service.List("processes"))
        {
            if (MapReader.Open(item, path, service.Errors) is not { } map) continue;
            var process = Read(map);
            names.Check(map, process.Name);
            processes.Add(process);
        }

        return processes;
    }

    private ProcessDocument Read(MapReader map)
    {
        (string File, DocumentNode At)? signalled = null;
        var process = new ProcessDocument
        {
            Name = map.RequiredText("name", "Add 'name: web'.", NameRule.Check),
            Start = ActionReader.Read(map, "start", ref signalled),
            Reload = ActionReader.Read(map, "reload", ref signalled),
            Restart = ActionReader.Read(map, "restart", ref signalled),
            Stop = ActionReader.Read(map, "stop", ref signalled),
            PidFile = map.Text("pidfile", Rules.RootedPath),
            Variables = Variables.Read(map),
            StartTimeout = map.PositiveTime("start_timeout", TimeSpan.FromSeconds(30)),
            StopTimeout = map.PositiveTime("stop_timeout", TimeSpan.FromSeconds(30)),
            Checks = checks.ReadAll(map),
            VersionCheck = ReadVersionCheck(map),
        };
        if (process.PidFile is not null && signalled is { } other && other.File != process.PidFile)
            map.Errors.Add(other.At, map.Path("pidfile"), $"The process has two pidfiles, '{process.PidFile}' and '{other.File}'.", "Keep one of them.");
        process = process with
        {
            PidFile = process.PidFile ?? signalled?.File,
            VersionCheck = process.VersionCheck ?? process.Checks.FirstOrDefault(check => check.SaysVersion),
        };
        RefuseContradictions(map, process);
        map.Finish();
        return process;
    }

    private static void RefuseContradictions(MapReader map, ProcessDocument process)
    {
        if (!new[] { "start", "reload", "restart" }.Any(key => map.Find(key) is not null))
            map.Errors.Add(map.Node, map.Path("start"), "The process cannot be started, reloaded or restarted.", "Add a start, and a reload if it has one.");
        foreach (var (key, action) in new[] { ("reload", process.Reload), ("restart", process.Restart), ("stop", process.Stop) })
        {
            if (action is SignalAction && process.PidFile is null && process.Start is not CommandAction && map.Find(key) is { } node)
                map.Errors.Add(node, map.Path(key), "Nothing says which process gets the signal.", "Add a pidfile, or start the process with a command.");
        }
    }

    private CheckDocument? ReadVersionCheck(MapReader map)
    {
        if (map.Find("version") is not { } node || checks.Read(node, map.Path("version"), map.Errors) is not { } check) return null;
        if (!check.SaysVersion)
            map.Errors.Add(node, map.Path("version"), "This check does not say the version.", "Add 'expect: { json: version }', or '{version}' in what is expected.");
        return check;
    }
}
