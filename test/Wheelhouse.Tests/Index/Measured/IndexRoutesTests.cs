using Wheelhouse.Server.Index.Measured;

namespace Wheelhouse.Tests.Index.Measured;

/// <summary>Which kind of request a path is.</summary>
public sealed class IndexRoutesTests
{
    [Theory]
    [InlineData("/simple", "list")]
    [InlineData("/simple/", "list")]
    [InlineData("/simple/acme/", "page")]
    [InlineData("/simple/acme", "page")]
    [InlineData("/at/639000000000000000/simple/", "list")]
    [InlineData("/at/639000000000000000/simple/acme/", "page")]
    [InlineData("/files/00ff/acme-1.0-py3-none-any.whl", "file")]
    [InlineData("/files/00ff/acme-1.0-py3-none-any.whl.metadata", "metadata")]
    [InlineData("/pypi/acme/json", "json")]
    [InlineData("/legacy/", "upload")]
    [InlineData("/legacy", "upload")]
    [InlineData("/simpler/acme/", null)]
    [InlineData("/api/projects", null)]
    [InlineData("/at/1/else", null)]
    [InlineData("/", null)]
    public void A_path_is_of_one_kind(string path, string? route) =>
        Assert.Equal(route, IndexRoutes.Of(path) is { } number ? IndexRoutes.Names[number] : null);
}
