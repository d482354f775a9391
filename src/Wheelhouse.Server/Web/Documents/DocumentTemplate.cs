namespace Wheelhouse.Server.Web.Documents;

/// <summary>What a new service's document begins with. Each place to fill in stands in angle brackets and is reported until it is.</summary>
public static class DocumentTemplate
{
    /// <summary>The text.</summary>
    public const string Text = """
        service: <name>                  # lower-case letters, digits and dashes
        package: <project>               # a project on the index, without a version; extras as in acme[gunicorn]
        python: "3.11"                   # the Python on the nodes
        root: /srv/<name>                # releases/ and current live here, on every node
        # user: <user>                   # the service user, when it is another than the login user

        processes:                       # activated in this order
          - name: web
            pidfile: "{root}/web.pid"
            start: "{current}/bin/python -m gunicorn --daemon --pid {root}/web.pid --bind 127.0.0.1:8000 <module>:app"
            reload: { signal: HUP }      # or a restart: { systemd: NAME.service }
            check: { http: "http://127.0.0.1:8000/", within: 30s }
            # when a page of yours says the version in JSON:
            # check: { http: "http://127.0.0.1:8000/health", expect: { json: version }, within: 30s }

        environments:                    # in order: staging before production
          - name: production
            nodes:
              static: ["<host>"]         # host, user@host or user@host:port, in the order of activation
            # policy: { batches: [1, 50%], soak: 30s, failure_budget: 0 }

        """;

    /// <summary>What belongs into each place to fill in.</summary>
    public static IReadOnlyDictionary<string, string> Places { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["name"] = "what the service is called here",
        ["project"] = "the package's name on the index",
        ["module"] = "the module with the WSGI application, such as acme.wsgi",
        ["host"] = "where the service is to run",
    };
}
