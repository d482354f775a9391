namespace Wheelhouse.Server.Builds.Running;

/// <summary>Puts <see cref="IndexSocket"/> before everything else that answers requests.</summary>
internal sealed class IndexSocketFilter(IndexSocket socket) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(rest => http => socket.InvokeAsync(http, rest));
        next(app);
    };
}
