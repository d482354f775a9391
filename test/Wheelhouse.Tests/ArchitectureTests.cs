using NetArchTest.Rules;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Python.Versions;
using Wheelhouse.Server.HealthChecks;
using Wheelhouse.Server.Inventory;
using Wheelhouse.Server.Notifications;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Tests;

/// <summary>The dependency rules of the layout (docs/adr/0002), held by the build.</summary>
public sealed class ArchitectureTests
{
    private const string Server = "Wheelhouse.Server";
    private static readonly Types ServerTypes = Types.InAssembly(typeof(WheelhouseContext).Assembly);

    /// <summary>Every feature and the features it may know; Storage, Access, Hosting and Documents serve all of them.</summary>
    public static TheoryData<string, string[]> Features => new()
    {
        { "Storage", [] },
        { "Documents", [] },
        { "Access", ["Storage", "Hosting", "Events"] },
        { "Events", ["Storage", "Access", "Hosting"] },
        { "Index", ["Storage", "Access", "Hosting", "Events"] },
        { "Inventory", ["Storage", "Hosting", "Documents"] },
        { "HealthChecks", ["Documents"] },
        { "Services", ["Storage", "Access", "Hosting", "Events", "Documents", "Inventory", "HealthChecks"] },
        { "Holds", ["Storage", "Access", "Hosting", "Events", "Services"] },
        { "Nodes", ["Storage", "Access", "Hosting", "Events", "Inventory", "Services", "Index"] },
        { "Rollouts", ["Storage", "Access", "Hosting", "Events", "Inventory", "Services", "Holds", "Nodes", "Index"] },
        { "Secrets", ["Storage", "Access", "Hosting", "Documents"] },
        { "Notifications", ["Storage", "Access", "Hosting", "Events", "Documents", "Secrets"] },
        { "Telemetry", ["Access", "Hosting"] },
        { "Delivery", ["Storage", "Access", "Hosting", "Events", "Services", "Index"] },
        { "Builds", ["Storage", "Access", "Hosting", "Events", "Documents", "Secrets", "Services", "Index", "Delivery"] },
        { "Web", ["Access", "Hosting", "Events", "Documents", "Notifications", "Secrets", "Inventory", "Services", "Holds", "Nodes", "Index", "Rollouts", "Delivery", "Builds"] },
    };

    /// <summary>A folder that is not listed would be held by no rule; Hosting and the program see every feature.</summary>
    [Fact]
    public void Every_folder_has_its_rule()
    {
        var folders = ServerTypes.GetTypes().Select(type => type.Namespace).OfType<string>().Where(name => name.StartsWith(Server + ".", StringComparison.Ordinal))
            .Select(name => name.Split('.')[2]).Distinct();
        Assert.Equal(Features.Select(row => row.Data.Item1).Append("Hosting").Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Features))]
    public void A_feature_knows_only_what_it_builds_upon(string feature, string[] mayKnow)
    {
        string[] forbidden = [.. Features.Select(row => row.Data.Item1).Except([feature, .. mayKnow]).Select(name => $"{Server}.{name}")];
        AssertHolds(ServerTypes.That().ResideInNamespace($"{Server}.{feature}").ShouldNot().HaveDependencyOnAny(forbidden));
    }

    /// <summary>Every provider is found by its contract, so that a new one is held without being listed.</summary>
    public static TheoryData<string> Providers =>
        [.. ServerTypes.GetTypes().Where(type => type.IsClass && (type.IsAssignableTo(typeof(IInventoryProvider)) || type.IsAssignableTo(typeof(IHealthCheck)) || type.IsAssignableTo(typeof(INotifier))))
            .Select(type => type.Namespace!).Distinct()];

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_provider_is_named_by_the_registration_of_its_feature_alone(string folder)
    {
        Assert.Equal(4, folder.Split('.').Length); // A folder of its own in its feature's.
        AssertHolds(ServerTypes.That().DoNotResideInNamespace(folder).And().DoNotHaveNameEndingWith("ServiceCollectionExtensions", StringComparison.Ordinal)
            .ShouldNot().HaveDependencyOn(folder));
    }

    /// <summary>Host keys are OpenSSH's: what people trust stands in its known_hosts, and its client reads them.</summary>
    [Fact]
    public void The_ssh_client_is_named_by_host_keys_and_the_registration_alone() =>
        AssertHolds(ServerTypes.That()
            .DoNotResideInNamespace($"{Server}.Nodes.OpenSsh").And().DoNotResideInNamespace($"{Server}.Nodes.HostKeys")
            .And().DoNotHaveNameEndingWith("ServiceCollectionExtensions", StringComparison.Ordinal)
            .ShouldNot().HaveDependencyOn($"{Server}.Nodes.OpenSsh"));

    [Fact]
    public void Only_the_ssh_connector_the_program_runner_builds_and_the_doctor_start_programs() =>
        AssertHolds(ServerTypes.That()
            .DoNotResideInNamespace($"{Server}.Nodes.OpenSsh").And().DoNotResideInNamespace($"{Server}.Builds.Running")
            .And().DoNotResideInNamespace($"{Server}.Hosting")
            .ShouldNot().HaveDependencyOnAny("System.Diagnostics.Process", "System.Diagnostics.ProcessStartInfo"));

    [Fact]
    public void The_python_library_stands_alone() =>
        AssertHolds(Types.InAssembly(typeof(PythonVersion).Assembly)
            .ShouldNot().HaveDependencyOnAny("Wheelhouse.Contracts", Server, "Wheelhouse.Cli", "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore"));

    [Fact]
    public void Contracts_depend_on_no_other_project() =>
        AssertHolds(Types.InAssembly(typeof(ApiProblem).Assembly).ShouldNot().HaveDependencyOnAny(Server, "Wheelhouse.Cli", "Wheelhouse.Python"));

    [Fact]
    public void The_command_speaks_http_only() =>
        AssertHolds(Types.InAssembly(typeof(Wheelhouse.Cli.ExitCodes).Assembly).ShouldNot().HaveDependencyOnAny(Server, "Microsoft.EntityFrameworkCore", "Orleans"));

    private static void AssertHolds(ConditionList rule)
    {
        var result = rule.GetResult();
        Assert.True(result.IsSuccessful, "These break the rule: " + string.Join(", ", result.FailingTypeNames ?? []));
    }
}
