using System.Text.Json.Nodes;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.HealthChecks;

namespace Wheelhouse.Tests.HealthChecks;

/// <summary>What every kind of health check must do. A new one gets a class that derives from this.</summary>
public abstract class HealthCheckContract
{
    /// <summary>The kind.</summary>
    protected abstract IHealthCheck Kind { get; }

    /// <summary>Options, as a YAML map, that use as much as there is.</summary>
    protected abstract string Options { get; }

    [Fact]
    public void Its_name_can_stand_in_a_document() => Assert.Matches("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", Kind.Name);

    [Fact]
    public void It_becomes_a_check_that_nodes_know() =>
        Assert.Contains(Build(Options)["kind"]?.GetValue<string>(), new[] { "http", "tcp", "command" });

    [Fact]
    public void It_says_the_same_each_time() => Assert.True(JsonNode.DeepEquals(Build(Options), Build(Options)));

    [Fact]
    public void It_leaves_to_others_how_often_it_is_tried() =>
        Assert.Empty(Build(Options).Select(member => member.Key).Intersect(["successes", "interval_s", "timeout_s", "within_s"]));

    [Fact]
    public void A_key_that_it_does_not_know_is_an_error_with_a_line()
    {
        var errors = new DocumentErrors();
        var options = YamlComposer.Compose("no_such_key: 1", errors)[0].Root!;
        Assert.Null(OptionsBinder.Bind(Kind.OptionsType, options, "check", errors));
        Assert.Contains(errors.ToList(), error => error is { Line: 1, Field: "check.no_such_key" });
    }

    /// <summary>The node's check for version 1.1.0 in /srv/billing.</summary>
    protected JsonObject Build(string yaml) => Kind.ToNodeCheck(Bind(yaml), new CheckValues("1.1.0", "/srv/billing"));

    /// <summary>Reads options as a document's are read.</summary>
    protected object Bind(string yaml)
    {
        var errors = new DocumentErrors();
        var options = OptionsBinder.Bind(Kind.OptionsType, YamlComposer.Compose(yaml, errors)[0].Root!, "check", errors);
        Assert.Empty(errors.ToList());
        return options!;
    }
}
