using Wheelhouse.Server.Web.Components;

namespace Wheelhouse.Tests.Web.Components;

public sealed class OwnBuildTests
{
    private const string Id = "01M83DACVFFSYSMFDQX5NHY1YX";

    [Theory]
    [InlineData($"https://w.example/builds/{Id}", "", "")]
    [InlineData($"Published by ada, from https://w.example/builds/{Id}", "Published by ada, from ", "")]
    [InlineData($"see https://w.example/builds/{Id}, then rest", "see ", ", then rest")]
    public void A_build_of_this_server_is_found(string text, string before, string after) =>
        Assert.Equal((before, Id, after), OwnBuild.Find(text, "https://w.example"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData($"https://other.example/builds/{Id}")]
    [InlineData("https://w.example/builds/projects")]
    [InlineData($"https://w.example/builds/{Id}0")]
    [InlineData("https://w.example/builds/01M83DACVFF/../../settings")]
    public void Nothing_else_is(string? text) => Assert.Null(OwnBuild.Find(text, "https://w.example"));
}
