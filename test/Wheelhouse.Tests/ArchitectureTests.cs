using NetArchTest.Rules;
using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Tests;

/// <summary>The dependency rules of the layout, held by the build.</summary>
public sealed class ArchitectureTests
{
    [Fact]
    public void Contracts_depend_on_no_other_project()
    {
        var result = Types.InAssembly(typeof(ApiProblem).Assembly)
            .ShouldNot().HaveDependencyOnAny("Wheelhouse.Server", "Wheelhouse.Cli", "Wheelhouse.Python")
            .GetResult();
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypeNames ?? []));
    }
}
