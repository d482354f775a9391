using Wheelhouse.Contracts.Index;

namespace Wheelhouse.Contracts.Client;

public sealed partial class WheelhouseClient
{
    /// <summary>Yanks a release, or one file (PEP 592).</summary>
    /// <param name="project">The project.</param>
    /// <param name="version">The release; null when one file is meant.</param>
    /// <param name="file">The file; null when a release is meant.</param>
    /// <param name="reason">Why; null when that is not said.</param>
    /// <param name="token">Ends the request.</param>
    public async Task YankAsync(string project, string? version, string? file, string? reason, CancellationToken token)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, FilesPath(project, version, file) + "/yank") { Content = Body(new YankRequest(reason)) };
        using var response = await SendAsync(request, token);
    }

    /// <summary>Takes yanking back; see <see cref="YankAsync"/>.</summary>
    public async Task UnyankAsync(string project, string? version, string? file, CancellationToken token)
    {
        using var response = await SendAsync(new HttpRequestMessage(HttpMethod.Delete, FilesPath(project, version, file) + "/yank"), token);
    }

    /// <summary>Sets the status of a project (PEP 792).</summary>
    public async Task SetProjectStatusAsync(string project, StatusRequest status, CancellationToken token)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, FilesPath(project, version: null, file: null) + "/status") { Content = Body(status) };
        using var response = await SendAsync(request, token);
    }

    /// <summary>Deletes a project, a release or one file for ever; their names are never free again.</summary>
    /// <param name="project">The project.</param>
    /// <param name="version">Only this release; null for all.</param>
    /// <param name="file">Only this file; null for all.</param>
    /// <param name="reason">Why; null when that is not said.</param>
    /// <param name="force">Whether to delete also what a release needs that runs or can be reverted to; needs a reason.</param>
    /// <param name="token">Ends the request.</param>
    public Task<DeletedFiles> DeleteFilesAsync(string project, string? version, string? file, string? reason, bool force, CancellationToken token)
    {
        var query = string.Join('&', new[] { Query("reason", reason), Query("force", force ? "true" : null) }.OfType<string>());
        return AskAsync<DeletedFiles>(new HttpRequestMessage(HttpMethod.Delete, $"{FilesPath(project, version, file)}?{query}"), token);
    }

    private static string FilesPath(string project, string? version, string? file) =>
        $"api/projects/{Segment(project)}" + (file is not null ? $"/files/{Segment(file)}" : version is not null ? $"/releases/{Segment(version)}" : "");
}
