using System.Globalization;

namespace Wheelhouse.EndToEnd.Harness;

/// <summary>The sample service as a service document, and its settings on the nodes. Each test changes what it is about.</summary>
public sealed record HelloService
{
    public const string DefaultName = "hello";

    public string Name { get; init; } = DefaultName;

    public string Package { get; init; } = "acme-hello";

    public string Python { get; init; } = "3.11";

    /// <summary>The service user; null for the one who logs in.</summary>
    public string? User { get; init; }

    /// <summary>The application's gunicorn master gets these too.</summary>
    public string GunicornArguments { get; init; } = "";

    /// <summary>The policy, in YAML's flow style.</summary>
    public string Policy { get; init; } = "{ connect_timeout: 5s, connect_retries: 1 }";

    /// <summary>How long the check may take until it is good.</summary>
    public string CheckWithin { get; init; } = "5s";

    /// <summary>Where its nodes are found, in YAML's flow style; null for a list of the fleet's.</summary>
    public string? Nodes { get; init; }

    /// <summary>More lines of the environment.</summary>
    public string Environment { get; init; } = "";

    /// <summary>More lines at the top level.</summary>
    public string More { get; init; } = "";

    /// <summary>Where it lives on every node.</summary>
    public string Root(Fleet fleet) => $"{fleet.Place}/srv/{Name}";

    /// <summary>The file with the pid of its master, as the nodes see it.</summary>
    public string PidFile(Fleet fleet) => $"{fleet.Place}/run/{Name}.pid";

    public string ToYaml(Fleet fleet) => string.Create(CultureInfo.InvariantCulture, $$"""
        service: {{Name}}
        package: {{Package}}
        python: "{{Python}}"
        root: {{Root(fleet)}}
        {{(User is null ? "" : $"user: {User}")}}
        {{More}}
        processes:
          - name: web
            start: { command: "{current}/bin/python -m gunicorn -c {{Settings(fleet)}} {{GunicornArguments}} hello.wsgi:app" }
            reload: { signal: HUP, pidfile: {{PidFile(fleet)}} }
            check: { http: "http://hello/health", socket: {{fleet.Place}}/run/{{Name}}.sock, expect: { json: version }, within: {{CheckWithin}} }
        environments:
          - name: production
            nodes: {{Nodes ?? $"\n      static:\n{fleet.ToYaml(indent: 8)}"}}
            {{Environment}}
            policy: {{Policy}}

        """);

    /// <summary>Writes gunicorn's settings onto every node, as an operator would have: they lie outside of the releases.</summary>
    public void Configure(Fleet fleet)
    {
        foreach (var node in fleet.Nodes)
        {
            File.WriteAllText(node.File(Settings(fleet)), $"""
                bind = ["127.0.0.1:{node.WebPort(Name).ToString(CultureInfo.InvariantCulture)}", "unix:{fleet.Place}/run/{Name}.sock"]
                pidfile = "{PidFile(fleet)}"
                workers = 2
                graceful_timeout = 5

                """);
        }
    }

    private string Settings(Fleet fleet) => $"{fleet.Place}/etc/{Name}.py";
}
