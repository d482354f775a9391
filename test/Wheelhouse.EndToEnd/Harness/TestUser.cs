namespace Wheelhouse.EndToEnd.Harness;

/// <summary>An account of this machine for a service, removed afterwards. Only root can make one.</summary>
public sealed class TestUser : IAsyncDisposable
{
    private TestUser(string name) => Name = name;

    public string Name { get; }

    public static async Task<TestUser> MakeAsync(CancellationToken token)
    {
        var user = new TestUser($"wh-test-{Guid.NewGuid():N}"[..16]);
        await ChildProcess.CheckAsync("/usr/sbin/useradd", ["--no-create-home", "--shell", "/usr/sbin/nologin", user.Name], token);
        return user;
    }

    public async ValueTask DisposeAsync() =>
        await ChildProcess.CheckAsync("/usr/sbin/userdel", ["--force", Name], CancellationToken.None);
}
