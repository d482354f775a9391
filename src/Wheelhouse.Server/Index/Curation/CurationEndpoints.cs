using Wheelhouse.Contracts.Index;
using Wheelhouse.Server.Access;

namespace Wheelhouse.Server.Index.Curation;

/// <summary>Yanking, statuses and deleting over HTTP, below <c>/api/projects/{name}</c>.</summary>
internal static class CurationEndpoints
{
    public static void MapCuration(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/projects/{name}").WithTags("Index");
        var yank = group.MapGroup("").RequireAuthorization(Policies.Publish);
        yank.MapPut("/releases/{version}/yank", (string name, string version, YankRequest request, Caller caller, Curator curator) =>
            YankAsync(FileSelection.Of(name, version), request, caller, curator)).WithSummary("Yanks all files of a release");
        yank.MapDelete("/releases/{version}/yank", (string name, string version, Caller caller, Curator curator) =>
            UnyankAsync(FileSelection.Of(name, version), caller, curator)).WithSummary("Takes the yanking of a release back");
        yank.MapPut("/files/{file}/yank", (string name, string file, YankRequest request, Caller caller, Curator curator) =>
            YankAsync(FileSelection.Of(name, fileName: file), request, caller, curator)).WithSummary("Yanks one file");
        yank.MapDelete("/files/{file}/yank", (string name, string file, Caller caller, Curator curator) =>
            UnyankAsync(FileSelection.Of(name, fileName: file), caller, curator)).WithSummary("Takes the yanking of one file back");

        var administer = group.MapGroup("").RequireAuthorization(Policies.Administer);
        administer.MapPut("/status", SetStatusAsync).WithSummary("Sets the status of a project: active, archived, quarantined or deprecated");
        administer.MapDelete("/", (string name, string? reason, bool? force, Caller caller, FileRemover remover, CancellationToken token) =>
            remover.DeleteAsync(FileSelection.Of(name), reason, force ?? false, caller.Name, token)).WithSummary("Deletes all files of a project for ever");
        administer.MapDelete("/releases/{version}", (string name, string version, string? reason, bool? force, Caller caller, FileRemover remover, CancellationToken token) =>
            remover.DeleteAsync(FileSelection.Of(name, version), reason, force ?? false, caller.Name, token)).WithSummary("Deletes a release for ever");
        administer.MapDelete("/files/{file}", (string name, string file, string? reason, bool? force, Caller caller, FileRemover remover, CancellationToken token) =>
            remover.DeleteAsync(FileSelection.Of(name, fileName: file), reason, force ?? false, caller.Name, token)).WithSummary("Deletes one file for ever");
    }

    private static async Task<IResult> YankAsync(FileSelection selection, YankRequest request, Caller caller, Curator curator)
    {
        caller.RequireMayPublish(selection.Project);
        await curator.YankAsync(selection, request.Reason, caller.Name);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> UnyankAsync(FileSelection selection, Caller caller, Curator curator)
    {
        caller.RequireMayPublish(selection.Project);
        await curator.UnyankAsync(selection, caller.Name);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> SetStatusAsync(string name, StatusRequest request, Caller caller, Curator curator)
    {
        await curator.SetStatusAsync(FileSelection.Of(name), request, caller.Name);
        return TypedResults.NoContent();
    }
}
