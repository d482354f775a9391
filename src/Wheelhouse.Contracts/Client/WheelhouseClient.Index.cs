using System.Net.Http.Headers;
using Wheelhouse.Contracts.Index;

namespace Wheelhouse.Contracts.Client;

public sealed partial class WheelhouseClient
{
    /// <summary>Lists the projects on the index.</summary>
    public Task<IReadOnlyList<ProjectView>> ListProjectsAsync(CancellationToken token) =>
        GetAsync<IReadOnlyList<ProjectView>>("api/projects", token);

    /// <summary>Reads a project with its releases and files.</summary>
    public Task<ProjectDetail> GetProjectAsync(string name, CancellationToken token) =>
        GetAsync<ProjectDetail>($"api/projects/{Segment(name)}", token);

    /// <summary>
    /// Uploads a wheel or sdist by PyPI's legacy upload protocol, as twine does. There is no limit on its time: a large file on a
    /// slow line takes what it takes.
    /// </summary>
    /// <param name="upload">The file's metadata.</param>
    /// <param name="content">Its bytes, read once from here to the end.</param>
    /// <param name="token">Ends the upload; nothing of it stays on the index.</param>
    public async Task UploadAsync(Upload upload, Stream content, CancellationToken token)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("file_upload"), "\":action\"" },
            { new StringContent("1"), "\"protocol_version\"" },
            { new StringContent(upload.FileType), "\"filetype\"" },
            { new StringContent(upload.PythonVersion), "\"pyversion\"" },
            { new StringContent(upload.Sha256), "\"sha256_digest\"" },
        };
        if (upload.Build is { } build) form.Add(new StringContent(build), "\"build\"");
        foreach (var (name, value) in upload.Metadata) form.Add(new StringContent(value), $"\"{name}\"");
        var file = new StreamContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(file, "\"content\"", $"\"{upload.FileName}\"");
        using var request = new HttpRequestMessage(HttpMethod.Post, "legacy/") { Content = form };
        using var response = await ProblemReader.EnsureSuccessAsync(await http.SendAsync(request, token), token);
    }
}
