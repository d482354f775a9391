namespace Wheelhouse.Server.Hosting;

/// <summary>Sets up the log: one line (or JSON object) an entry on standard error, without the frameworks' small talk.</summary>
internal static class ServerLogging
{
    /// <summary>Frameworks whose entries below a warning help nobody who operates the server.</summary>
    private static readonly string[] Quiet = ["Microsoft", "System", "Orleans", "Polly"];

    /// <summary>Known start-up noise: said on every good start, or about things that the data directory's permissions take care of.</summary>
    private static readonly string[] Noise =
    [
        "Microsoft.AspNetCore.DataProtection", "Wheelhouse.Server.Access.TokenAuthenticationHandler", "Orleans.Runtime.Watchdog", "Orleans.Runtime.NoOpHostEnvironmentStatistics",
        "Orleans.Runtime.MembershipService.SiloHealthMonitor", "Orleans.Runtime.Catalog",
        "Orleans.Runtime.Silo", // It would rather have the server garbage collector.
    ];

    public static void AddServerLogging(this ILoggingBuilder logging, ServerOptions options)
    {
        logging.ClearProviders();
        logging.SetMinimumLevel(Enum.Parse<LogLevel>(options.LogLevel, ignoreCase: true));
        foreach (var category in Quiet) logging.AddFilter(category, LogLevel.Warning);
        foreach (var category in Noise) logging.AddFilter(category, LogLevel.Error);
        // The writer reports failed commits itself; a change that is refused rolls back and is the caller's business.
        logging.AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None);
        logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        // For programs that read the log: an entry says the trace and the span of the request that it belongs to.
        logging.Configure(factory => factory.ActivityTrackingOptions = ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        if (options.LogFormat == "json") logging.AddJsonConsole(json =>
        {
            json.UseUtcTimestamp = true;
            json.IncludeScopes = true;
        });
        else logging.AddSimpleConsole(text =>
        {
            text.SingleLine = true;
            text.UseUtcTimestamp = true;
            text.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
        });
    }
}
