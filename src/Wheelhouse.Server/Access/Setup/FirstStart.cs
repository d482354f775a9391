using Microsoft.EntityFrameworkCore;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Server.Access.Tokens;
using Wheelhouse.Server.Hosting;
using Wheelhouse.Server.Hosting.Startup;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Access.Setup;

/// <summary>
/// Sees to it that there is an admin: the configured one or, as long as there is none, whoever uses the one-time code that it prints
/// at each start.
/// </summary>
internal sealed class FirstStart(
    AccessOptions options, DatabaseWriter writer, SetupCodes codes, AuditLog audit, TimeProvider time,
    ServerAddress address, ServerOutput output) : LifecycleService
{
    private const string AdminName = "admin";

    private const string By = "server";

    /// <summary>The code of this start; null when there is an admin.</summary>
    internal string? Code { get; private set; }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var given = options.ReadAdminToken();
        Code = await writer.WriteAsync(context =>
        {
            if (given is { } token) EnsureAdmin(context, token);
            else if (!Admins.Exist(context, time.GetUtcNow())) return codes.Replace(context);
            SetupCodes.Remove(context);
            return null;
        }, cancellationToken);
    }

    /// <summary>Prints the code once the server listens, on standard output and not in the log, which others may read.</summary>
    public override async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (Code is null) return;
        var url = address.PublicText;
        await output.WriteLineAsync($"""
            There is no admin yet. Within {SetupCodes.Lifetime.TotalHours:0} hours, open
              {url}/setup?code={Code}
            or run
              wheelhouse login {url} --code {Code}
            """);
    }

    private void EnsureAdmin(WheelhouseContext context, string token)
    {
        var secret = TokenSecret.From(token);
        var tokens = context.Set<TokenRow>();
        if (tokens.Any(row => row.Hash == secret.Hash && row.Role == Roles.Admin && row.ExpiresAt == null)) return;
        tokens.Where(row => row.Name == AdminName || row.Hash == secret.Hash).ExecuteDelete();
        NewTokens.Add(context, audit, new TokenRequest { Name = AdminName, Role = Roles.Admin }, secret, By, time.GetUtcNow());
    }
}
