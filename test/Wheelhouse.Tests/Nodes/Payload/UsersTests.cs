using static Wheelhouse.Tests.Nodes.Payload.PayloadWheels;

namespace Wheelhouse.Tests.Nodes.Payload;

/// <summary>The service user is another than the login user: here <c>daemon</c> and the one that runs the tests.</summary>
public sealed class UsersTests(PayloadWheels wheels)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_service_runs_as_its_user_who_cannot_change_its_releases_or_the_fence()
    {
        await using var service = await PayloadService.StartAsync(wheels, user: "daemon");
        await service.StageAsync(First);
        await service.StageAsync(Second);
        await service.ActivateAsync(First);
        await service.AssertRunsAsync(First);

        var owner = await ChildProcess.CheckAsync("stat", ["-c", "%U", $"/proc/{await service.FindMasterAsync()}"], Token);
        Assert.Equal("daemon", owner.Trim());
        var writable = await ChildProcess.CheckAsync("sudo", ["-n", "-u", "daemon", "--", "find", service.Root, "-writable", "-not", "-type", "l"], Token);
        Assert.Empty(writable);

        Assert.Equal("reloaded", (string?)(await service.ActivateAsync(Second))["action"]);
        await service.AssertRunsAsync(Second);
        await service.FencedAsync("deactivate", new { processes = new[] { service.Process } });
        Assert.Contains("Shutting down: Master", service.Read(".wheelhouse/log/web.log"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_user_without_the_sudo_right_is_told_the_line_to_add()
    {
        await using var service = await PayloadService.StartAsync(wheels, login: "nobody", user: "daemon");

        var error = await Assert.ThrowsAsync<PayloadException>(() => service.StageAsync(First));

        Assert.Equal("permission_denied", error.Code);
        Assert.Contains("nobody ALL=(daemon) NOPASSWD:SETENV: ALL", error.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_root_that_cannot_be_made_is_told_with_the_command_that_makes_it()
    {
        await using var service = await PayloadService.StartAsync(wheels, login: "nobody");
        await ChildProcess.CheckAsync("chmod", ["755", service.Folder.Root], Token);

        var error = await Assert.ThrowsAsync<PayloadException>(() => service.StageAsync(First));

        Assert.Equal(("permission_denied", $"sudo install -d -o nobody {service.Root}"), (error.Code, error.Fix));
    }

    [Fact]
    public async Task An_unknown_service_user_is_refused_at_once()
    {
        await using var payload = await PayloadProcess.StartAsync(Token);

        var error = await Assert.ThrowsAsync<PayloadException>(() => payload.AskAsync(
            "hello", new { service = "hello", environment = "production", root = "/srv/hello", user = "nobody-of-this-name" }, Token));

        Assert.Equal("user_missing", error.Code);
    }
}
