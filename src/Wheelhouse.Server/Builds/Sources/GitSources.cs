using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Builds.Sources;

/// <summary>The repositories of projects, by the git program.</summary>
internal sealed class GitSources : ISources
{
    private readonly DataDirectory _data;
    private readonly GitOptions _options;
    private readonly GitRunner _git;
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _turns = new(StringComparer.Ordinal);

    public GitSources(DataDirectory data, IOptions<GitOptions> options)
    {
        var keys = Path.Combine(data.Root, "run", "git");
        if (Directory.Exists(keys)) Directory.Delete(keys, recursive: true); // Of a server that was killed; this one has the directory.
        (_data, _options, _git) = (data, options.Value, new GitRunner(options.Value, keys));
    }

    private string Repositories => Path.Combine(_data.Root, "builds", "repositories");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SourceRef>> ListAsync(SourceLocation source, CancellationToken token)
    {
        var remote = RemoteOf(source);
        return LsRemote.Refs(await _git.RunAsync("/", ["ls-remote", "--", remote.Url.Text, "HEAD", "refs/heads/*", "refs/tags/*"], remote, token));
    }

    /// <inheritdoc/>
    public async Task<ISourceMirror> FetchAsync(SourceLocation source, CancellationToken token) => await UpdateAsync(source, token);

    /// <inheritdoc/>
    public async Task ReceiveAsync(SourceLocation source, string commit, Stream pack, CancellationToken token)
    {
        var mirror = await UpdateAsync(source, token);
        await mirror.ReceiveAsync(commit, pack, token);
    }

    /// <inheritdoc/>
    public Task ForgetAsync(string project, CancellationToken token) => TakeTurnAsync(
        project,
        () =>
        {
            if (Directory.Exists(PathOf(project))) Directory.Delete(PathOf(project), recursive: true);
            return Task.CompletedTask;
        },
        token);

    private async Task<GitMirror> UpdateAsync(SourceLocation source, CancellationToken token)
    {
        var remote = RemoteOf(source);
        DataDirectory.CreatePrivate(Repositories);
        var mirror = new GitMirror(PathOf(source.Project), _git);
        await TakeTurnAsync(source.Project, () => mirror.UpdateAsync(remote, token), token);
        return mirror;
    }

    private async Task TakeTurnAsync(string project, Func<Task> act, CancellationToken token)
    {
        var turn = _turns.GetOrAdd(project, _ => new SemaphoreSlim(1));
        await turn.WaitAsync(token);
        try
        {
            await act();
        }
        finally
        {
            turn.Release();
        }
    }

    private string PathOf(string project) => Path.Combine(Repositories, project + ".git");

    /// <summary>The keys of ssh hosts are those that people trusted for nodes: both are machines that the server logs in to.</summary>
    private GitRemote RemoteOf(SourceLocation source)
    {
        var known = Path.Combine(_data.Ssh, "known_hosts");
        return new GitRemote(GitUrl.Parse(source.Url, _options.AllowLocal), source.Credentials, File.Exists(known) ? File.ReadAllText(known) : "");
    }
}
