using Wheelhouse.Server.HealthChecks;
using Wheelhouse.Server.HealthChecks.Command;
using Wheelhouse.Server.HealthChecks.Http;
using Wheelhouse.Server.HealthChecks.Tcp;
using Wheelhouse.Server.Inventory.Queries;
using Wheelhouse.Server.Services.Document;
using Wheelhouse.Tests.Inventory;

namespace Wheelhouse.Tests.Services;

/// <summary>A parser with the extensions that ship, and a document that it accepts.</summary>
internal static class DocumentParsing
{
    public static ServiceDocumentParser Parser { get; } = new(
        new NodeQueryReader(ShippedInventories.All),
        new HealthCheckKinds([new HttpCheck(), new TcpCheck(), new CommandCheck()]));

    public const string Billing = """
        service: billing
        package: acme-billing[gunicorn]
        python: "3.11"
        root: /srv/billing
        user: billing
        env: { TZ: UTC, LEVEL: info }
        preflight: { imports: [billing.wsgi], timeout: 30s }
        master_packages: [gunicorn, Acme_Server]
        drain: { command: "/usr/local/bin/lb drain", timeout: 20s }
        undrain: /usr/local/bin/lb undrain
        processes:
          - name: web
            start: { command: "{current}/bin/python -m gunicorn -D -c /etc/billing/gunicorn.py billing.wsgi" }
            reload: { signal: HUP, pidfile: /run/billing/gunicorn.pid }
            stop: { signal: SIGTERM }
            env: { LEVEL: debug }
            stop_timeout: 45s
            check:
              http: http://127.0.0.1:8000/health
              expect: { json: version }
              within: 20s
              successes: 5
          - name: worker
            start: { systemd: billing-worker.service }
            restart: { systemd: billing-worker.service, scope: user }
            checks:
              - { tcp: 9000 }
              - { command: "{current}/bin/billing-check", timeout: 2s }
        policy: { keep: 7 }
        environments:
          - name: staging
            nodes: { static: [app1.stg, deploy@app2.stg:2222, "[2001:db8::1]:22"] }
            deploy: automatic
          - name: production
            root: /srv/billing-live
            nodes:
              static:
                - { name: p1, address: 10.0.0.1, user: deploy, port: 22, jump: bastion, labels: { zone: a } }
            policy: { batches: [1, 25%], failure_budget: 10%, soak: 1m30s, on_failure: pause }

        """;
}
