using Wheelhouse.Server.Index.Curation;
using Wheelhouse.Server.Index.Downloads;
using Wheelhouse.Server.Index.Projects;
using Wheelhouse.Server.Index.PyPiJson;
using Wheelhouse.Server.Index.Simple;
using Wheelhouse.Server.Index.Uploads;

namespace Wheelhouse.Server.Index;

/// <summary>The index over HTTP: upload, simple API, files, PyPI's JSON API, and <c>/api/projects</c>.</summary>
public static class IndexEndpoints
{
    /// <summary>Maps all of the index.</summary>
    public static IEndpointRouteBuilder MapIndex(this IEndpointRouteBuilder routes)
    {
        routes.MapUpload();
        routes.MapSimple();
        routes.MapFiles();
        routes.MapProjects();
        routes.MapCuration();
        routes.MapPyPiJson();
        return routes;
    }
}
