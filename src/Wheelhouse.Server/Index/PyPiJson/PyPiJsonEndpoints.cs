using System.Text.Json;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Python.Names;
using Wheelhouse.Python.Versions;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Hosting;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Index.Projects;
using Wheelhouse.Server.Index.Ready;
using Wheelhouse.Server.Index.Simple;

namespace Wheelhouse.Server.Index.PyPiJson;

/// <summary>PyPI's JSON API, which some tools ask for metadata: <c>/pypi/{name}/json</c> and <c>/pypi/{name}/{version}/json</c>.</summary>
internal static class PyPiJsonEndpoints
{
    public static void MapPyPiJson(this IEndpointRouteBuilder routes)
    {
        string[] methods = [HttpMethods.Get, HttpMethods.Head];
        var group = routes.MapGroup("/pypi/{name}").RequireAuthorization(Policies.ReadIndex).WithTags("Index").ExcludeFromDescription();
        group.MapMethods("/json", methods, (string name, HttpContext http, IndexQueries index, ReleaseReader releases, ServerAddress address, CancellationToken token) =>
            AnswerAsync(name, version: null, http, index, releases, address, token));
        group.MapMethods("/{version}/json", methods, (string name, string version, HttpContext http, IndexQueries index, ReleaseReader releases, ServerAddress address, CancellationToken token) =>
            AnswerAsync(name, version, http, index, releases, address, token));
    }

    private static async Task AnswerAsync(
        string name, string? version, HttpContext http, IndexQueries index, ReleaseReader releases, ServerAddress address, CancellationToken token)
    {
        var project = ProjectName.IsValid(name) ? ProjectName.Normalize(name) : throw NotFound(name, version);
        if (name != project)
        {
            http.Response.Redirect($"{http.Request.PathBase}/pypi/{project}/{(version is null ? "" : $"{Uri.EscapeDataString(version)}/")}json", permanent: true);
            return;
        }

        var files = (await index.FindProjectFilesAsync(project, until: null, token))?.Offered ?? [];
        var byVersion = files.GroupBy(file => file.Version).ToDictionary(release => release.Key, release => release.ToList());
        if (Choose(byVersion, version) is not { } chosen) throw NotFound(name, version);
        var metadata = await releases.FindMetadataAsync(project, chosen.ToString(), token);
        var root = address.PublicText;
        var document = new PyPiDocument(PyPiInfo.Of(project, chosen.ToString(), byVersion[chosen], metadata), [.. byVersion[chosen].Select(file => PyPiFile.Of(file, root))])
        {
            Releases = version is not null ? null : byVersion.ToDictionary(
                release => release.Key.ToString(), IReadOnlyList<PyPiFile> (release) => [.. release.Value.Select(file => PyPiFile.Of(file, root))], StringComparer.Ordinal),
        };
        var content = JsonSerializer.SerializeToUtf8Bytes(document, PyPiDocument.Json);
        http.Response.Headers.CacheControl = "no-cache";
        await new ReadyContent(content, "application/json", $"\"{EntityTag.TextOf(content)}\"").WriteAsync(http);
    }

    /// <summary>The version that is asked for, or the newest: one that is not yanked before others, and a final one before pre-releases.</summary>
    private static PythonVersion? Choose(Dictionary<PythonVersion, List<IndexFile>> releases, string? version)
    {
        if (version is not null) return PythonVersion.TryParse(version, out var wanted) && releases.ContainsKey(wanted) ? wanted : null;
        return releases.OrderBy(release => release.Value.TrueForAll(file => file.Yanked is not null)).ThenBy(release => release.Key.IsPrerelease)
            .ThenByDescending(release => release.Key).Select(release => release.Key).FirstOrDefault();
    }

    private static ApiException NotFound(string name, string? version) => new(
        StatusCodes.Status404NotFound, ProblemCodes.NotFound, $"There is no {(version is null ? $"project '{name}'" : $"release {name} {version}")} on this index.");
}
