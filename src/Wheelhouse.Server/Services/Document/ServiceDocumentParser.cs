using Wheelhouse.Contracts.Errors;
using Wheelhouse.Python.Names;
using Wheelhouse.Python.Requirements;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.HealthChecks;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Inventory.Queries;

namespace Wheelhouse.Server.Services.Document;

/// <summary>Reads service documents. Every error of a file is reported at once, each with its place and what to write instead.</summary>
public sealed class ServiceDocumentParser(NodeQueryReader queries, HealthCheckKinds checks)
{
    private readonly ProcessReader _processes = new(new CheckReader(checks));
    private readonly EnvironmentReader _environments = new(queries);

    /// <summary>Reads the services of a file: one YAML document each.</summary>
    public ParsedServices Parse(string yaml)
    {
        var errors = new DocumentErrors();
        var services = new List<ParsedService>();
        var names = new UniqueNames("service");
        foreach (var (map, text) in DocumentFile.Open(yaml, "service", errors))
        {
            var service = Read(map);
            NodePlaceholders.Check(map.Node, "", errors);
            names.Check(map, service.Name, "service");
            services.Add(new ParsedService(service, text));
        }

        return errors.Count > 0 ? new ParsedServices([], errors.ToList()) : new ParsedServices(services, []);
    }

    private ServiceDocument Read(MapReader map)
    {
        var package = map.RequiredText("package", "Add 'package: NAME', the project on the index.", Rules.Package);
        var service = new ServiceDocument
        {
            Name = map.RequiredText("service", "Add 'service: NAME'.", Rules.Service),
            Package = Requirement.TryParse(package, out var requirement) ? requirement : Requirement.Parse("invalid"),
            Team = map.Text("team", NameRule.Check),
            Processes = _processes.ReadAll(map),
            Environments = _environments.ReadAll(map),
            Preflight = ReadPreflight(map),
            MasterPackages = ReadMasterPackages(map),
        };
        if (map.Find("notify") is { } notify)
            map.Errors.Add(notify, "notify", "A service does not say who is told: channels do, for as many services as they like.", "Remove 'notify', and apply a channel; see docs/reference/channels/README.md.");
        map.Finish();
        return service;
    }

    private static PreflightDocument ReadPreflight(MapReader owner)
    {
        var none = new PreflightDocument(Imports: null, Command: null, TimeSpan.FromSeconds(60));
        if (owner.Find("preflight") is not { } node || MapReader.Open(node, "preflight", owner.Errors) is not { } map) return none;
        var imports = map.Find("imports") is null ? null : map.Texts("imports");
        for (var i = 0; i < imports?.Count; i++)
        {
            if (Rules.Module(imports[i]) is { } flaw) owner.Errors.Add(map.Find("imports")!, $"preflight.imports[{i}]", flaw.Message, flaw.Fix);
        }

        var preflight = new PreflightDocument(imports, map.Text("command", Rules.Command), map.PositiveTime("timeout", none.Timeout));
        map.Finish();
        return preflight;
    }

    private static HashSet<string> ReadMasterPackages(MapReader map)
    {
        var names = map.Find("master_packages") is null ? ServiceDocument.DefaultMasterPackages : map.Texts("master_packages");
        foreach (var name in names.Where(name => !ProjectName.IsValid(name)))
        {
            map.Errors.Add(map.Find("master_packages")!, "master_packages", $"'{name}' is not the name of a project (PEP 508).", "Write it like gunicorn.");
        }

        return names.Select(ProjectName.Normalize).ToHashSet(StringComparer.Ordinal);
    }
}

/// <summary>A service of a file.</summary>
/// <param name="Document">What it says.</param>
/// <param name="Yaml">Its own part of the file.</param>
public sealed record ParsedService(ServiceDocument Document, string Yaml);

/// <summary>The services of a file; none when there are errors.</summary>
/// <param name="Services">In the order of the file.</param>
/// <param name="Errors">In the order of the file; empty when all is valid.</param>
public sealed record ParsedServices(IReadOnlyList<ParsedService> Services, IReadOnlyList<DocumentError> Errors);
