namespace Wheelhouse.EndToEnd.Harness;

/// <summary>A past year of deployments, put into the event log of a server: nobody can wait for one.</summary>
internal static class PastDeliveries
{
    /// <summary>Writes as many events as a year has, of services that each deploy at their own pace, fail sometimes, and are reverted.</summary>
    private const string Script = """
        import datetime, json, random, sqlite3, sys
        database, count, services = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
        random.seed(20260101)
        ticks = lambda at: int((at - datetime.datetime(1, 1, 1)).total_seconds()) * 10**7
        now = datetime.datetime.utcnow()
        rows, version, running = [], dict.fromkeys(services, 0), dict.fromkeys(services)
        for at in sorted(now - datetime.timedelta(seconds=random.random() ** 1.4 * 364 * 86400) for _ in range(count)):
            service = random.choice(services)
            kind, state = "deploy", random.choices(["succeeded", "reverted", "failed"], [88, 7, 2])[0]
            if running[service] and random.random() < .05:
                kind, state = "revert", "succeeded"
            if kind == "deploy":
                version[service] += 1
            name = "0.0.%d" % version[service]
            began = at - datetime.timedelta(seconds=random.randrange(30, 900))
            commits = [dict(sha="%040x" % random.getrandbits(160), at=(began - datetime.timedelta(hours=random.expovariate(1 / 30))).isoformat() + "Z",
                            author="Ada", subject="Round half to even") for _ in range(random.randrange(1, 6))]
            if kind == "deploy":
                rows.append((ticks(began), "release.commits", None, None, json.dumps(dict(project="acme-" + service, version=name, previous=running[service],
                             commit=commits[0]["sha"], by="ci", commits=commits), separators=(",", ":"))))
            rows.append((ticks(at), "rollout.ended", service, "production", json.dumps(dict(state=state, kind=kind, version=name, by="ada", planOnly=False, changedNodes=True,
                         changedAt=began.isoformat() + "Z", seconds=60, **{"from": running[service]}), separators=(",", ":"))))
            if state == "succeeded" and kind == "deploy":
                running[service] = name
        with sqlite3.connect(database, timeout=60) as file:
            file.executemany("INSERT INTO Events (At, Type, Service, Environment, Data, Message) VALUES (?, ?, ?, ?, ?, 'as it was')", rows)
        """;

    public static async Task WriteAsync(ServerProcess server, int count, IEnumerable<string> services, CancellationToken token)
    {
        var written = await ChildProcess.RunAsync("/usr/bin/python3", ["-c", Script, Path.Combine(server.Data, "wheelhouse.db"), $"{count}", .. services], token);
        Assert.True(written.ExitCode == 0, written.Errors);
    }
}
