using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Wheelhouse.Contracts.Access;
using Wheelhouse.Server.Access.Passwords;
using Wheelhouse.Server.Access.Sessions;
using Wheelhouse.Server.Access.Setup;
using Wheelhouse.Server.Access.SignIn;
using Wheelhouse.Server.Access.Tokens;
using Wheelhouse.Server.Access.Users;
using Wheelhouse.Server.Storage;
using Wheelhouse.Server.Storage.Retention;

namespace Wheelhouse.Server.Access;

/// <summary>Registers tokens, users, sessions, policies, the audit log and the first start.</summary>
public static class AccessServiceCollectionExtensions
{
    /// <summary>Knows callers by a token or, when none is sent, by a session.</summary>
    private const string TokenOrSession = "access";

    /// <summary>Adds access control. Call it after <c>AddStorage</c>: the first start writes to the database.</summary>
    public static IServiceCollection AddAccess(this IServiceCollection services, AccessOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(options);
        services.AddSingleton<AuditLog>().AddSingleton<NodeTokens>().AddSingleton<VerifiedTokens>().AddSingleton<KnownReaders>().AddSingleton<TokenStore>();
        services.AddSingleton<SetupCodes>().AddSingleton<FirstStart>().AddHostedService(provider => provider.GetRequiredService<FirstStart>());
        services.AddSingleton<PasswordHasher>().AddSingleton<UserAccounts>();
        services.AddSessions().AddSignIn();
        services.AddAuthentication(TokenOrSession)
            .AddPolicyScheme(TokenOrSession, displayName: null, scheme => scheme.ForwardDefaultSelector = http =>
                SessionAuthenticationHandler.IsFor(http.Request) ? SessionAuthenticationHandler.SchemeName : TokenAuthenticationHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, SessionAuthenticationHandler>(SessionAuthenticationHandler.SchemeName, configureOptions: null)
            .AddScheme<AuthenticationSchemeOptions, TokenAuthenticationHandler>(TokenAuthenticationHandler.SchemeName, configureOptions: null);
        services.AddAuthorization(authorization => AddPolicies(authorization, options));
        services.AddDataProtection().SetApplicationName("Wheelhouse");
        services.AddOptions<KeyManagementOptions>().Configure<DataDirectory, ILoggerFactory>((keys, data, loggers) =>
            keys.XmlRepository = new FileSystemXmlRepository(DataDirectory.CreatePrivate(data.Keys), loggers));
        // At this level it writes whole addresses, and that of the set-up page has the one-time code.
        return services.AddLogging(logging => logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning));
    }

    /// <summary>Authenticates and authorizes. Call it after <c>UseHttpProblems</c>.</summary>
    public static WebApplication UseAccess(this WebApplication app)
    {
        app.UseAuthentication().UseMiddleware<SameOriginMiddleware>().UseAuthorization().UseAntiforgery().UseRateLimiter();
        return app;
    }

    private static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.TryAddSingleton(new SessionLifetimeOptions());
        services.AddSingleton<SessionStore>().AddSingleton<NewSessions>().AddSingleton<SessionLinks>().AddSingleton<SessionCookie>();
        services.AddSingleton<IRetention, SessionRetention>().AddSingleton<IRetention, SessionLinkRetention>();
        services.AddScoped<AuthenticationStateProvider, SessionAuthenticationStateProvider>();
        return services.AddScoped(scope => new CallerAccessor(
            scope.GetRequiredService<AuthenticationStateProvider>(), scope.GetRequiredService<SessionStore>()));
    }

    private static void AddSignIn(this IServiceCollection services)
    {
        services.AddSingleton<FailedSignIns>().AddSingleton<PasswordCheck>().AddSingleton<OwnPassword>().AddSingleton<SignIns>();
        services.AddRateLimiter(limits => limits.AddPolicy<string, AddressLimit>(AddressLimit.PolicyName));
        services.AddAntiforgery(forms => forms.Cookie.Name = "wheelhouse_forms");
    }

    private static void AddPolicies(AuthorizationOptions authorization, AccessOptions options)
    {
        foreach (var name in (string[])[Policies.View, Policies.Publish, Policies.Deploy, Policies.Administer])
        {
            authorization.AddPolicy(name, policy => policy.RequireRole(RoleOrder.From(Policies.RoleOf(name))));
        }

        authorization.FallbackPolicy = authorization.GetPolicy(Policies.View); // An endpoint that names no policy is not open by that
        string[] readers = [Caller.IndexReader, .. Roles.All];
        authorization.AddPolicy(Policies.ReadIndex, policy => policy.RequireAssertion(context =>
            Array.Exists(readers, context.User.IsInRole) || (options.AnonymousRead && SentNoToken(context))));
    }

    /// <summary>A wrong token is refused even where none is needed: whoever sends one wants to know.</summary>
    private static bool SentNoToken(AuthorizationHandlerContext context) =>
        context.Resource is HttpContext http && string.IsNullOrWhiteSpace(http.Request.Headers.Authorization);
}
