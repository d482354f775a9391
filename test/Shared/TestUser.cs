namespace Wheelhouse.Testing;

/// <summary>An account of this machine, removed afterwards with its rights. Only root can make one.</summary>
public sealed class TestUser : IAsyncDisposable
{
    private TestUser(string name) => Name = name;

    public string Name { get; }

    private string Rights => "/etc/sudoers.d/" + Name;

    public static async Task<TestUser> MakeAsync(CancellationToken token)
    {
        var user = new TestUser($"wh-test-{Guid.NewGuid():N}"[..16]);
        await ChildProcess.CheckAsync("/usr/sbin/useradd", ["--no-create-home", "--shell", "/usr/sbin/nologin", user.Name], token);
        return user;
    }

    /// <summary>Adds the sudoers line that docs/operate/nodes.md gives for a deploy user.</summary>
    /// <param name="user">The service user.</param>
    /// <param name="token">Ends the making.</param>
    public async Task MayActAsAsync(string user, CancellationToken token)
    {
        var file = Rights + ".tmp"; // sudo reads no file with a dot in its name
        await File.WriteAllTextAsync(file, $"{Name} ALL=({user}) NOPASSWD:SETENV: ALL\n", token);
        await ChildProcess.CheckAsync("chmod", ["440", file], token);
        File.Move(file, Rights);
    }

    public async ValueTask DisposeAsync()
    {
        File.Delete(Rights);
        await ChildProcess.CheckAsync("/usr/sbin/userdel", ["--force", Name], CancellationToken.None);
    }
}
