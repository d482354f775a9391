using Wheelhouse.Server.Nodes.Sessions;

namespace Wheelhouse.Tests.Nodes;

/// <summary>A few lines of Python that speak the node protocol and misbehave on request.</summary>
internal static class FakePayload
{
    /// <summary>The bundle; it is loaded as the real one is.</summary>
    public static PayloadBundle Bundle { get; } = new(PayloadBundle.Embedded().Loader, "fake", new Dictionary<string, string>(StringComparer.Ordinal) { ["fake"] = Source });

    private const string Source = """
        import json, os, sys, threading, time
        silent = False
        lock = threading.Lock()
        cancelled = set()

        def say(**message):
            if silent: return
            with lock:
                sys.stdout.write(json.dumps(message) + "\n")
                sys.stdout.flush()

        def run(id, op, args):
            global silent
            if op == "hello": return say(id=id, result={"python": "3", "pid": os.getpid(), "user": "me", "epoch": None, "protocol": 1})
            if op == "echo": return say(id=id, result=args)
            if op == "fail": return say(id=id, error={"code": "disk_full", "message": "no room " + args.get("password", ""), "fix": "make room"})
            if op == "silence": silent = True; return
            if op == "noise":
                for n in range(args["lines"]): say(id=id, event="log", stream="stdout", line="line %d %s" % (n, args.get("password", "")))
                return say(id=id, result={})
            if op in ("stage", "activate"):  # Appends its own pid, then waits until the file "go" exists.
                with open(args["file"], "a") as f: f.write("%d\n" % os.getpid())
                say(id=id, event="progress", message="waiting")
                while not os.path.exists(args["file"] + ".go"):
                    time.sleep(0.02)
                    if id in cancelled and op == "stage": return say(id=id, error={"code": "cancelled", "message": "cancelled", "fix": None})
                return say(id=id, result={"pid": os.getpid()})
            if op == "deaf": return
            say(id=id, error={"code": "unknown_op", "message": op, "fix": None})

        sys.stdout.write("welcome to the node" + bundle["marker"] + "\n")
        sys.stdout.flush()
        for line in sys.stdin.buffer:
            message = json.loads(line)
            if message["op"] == "ping": say(event="ping")
            elif message["op"] == "bye": break
            elif message["op"] == "cancel": cancelled.add(message["id"])
            else: threading.Thread(target=run, args=(message["id"], message["op"], message.get("args")), daemon=True).start()
        os._exit(0)
        """;
}
