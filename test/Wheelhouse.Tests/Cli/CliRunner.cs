using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;

namespace Wheelhouse.Tests.Cli;

/// <summary>What a command line did.</summary>
/// <param name="Code">Its exit code.</param>
/// <param name="Out">What it wrote to standard output.</param>
/// <param name="Error">What it wrote to standard error.</param>
internal sealed record CliResult(int Code, string Out, string Error);

/// <summary>Runs the command inside the test, with surroundings of its own.</summary>
internal sealed class CliRunner : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();

    public CliRunner(string? url = null, string? token = "secret-token", string? home = null)
    {
        Environment["HOME"] = home ?? "/nonexistent";
        if (url is not null) Environment["WHEELHOUSE_URL"] = url;
        if (token is not null) Environment["WHEELHOUSE_TOKEN"] = token;
    }

    public Dictionary<string, string> Environment { get; } = [];

    public Interrupts Interrupts { get; } = new();

    public string Input { get; init; } = "";

    /// <summary>The browser; null for none.</summary>
    public Func<string, bool>? Browse { get; init; }

    /// <summary>The clock; the real one unless a test needs another. Times are shown in UTC all the same.</summary>
    public TimeProvider Time { get; init; } = new UtcTime();

    public async Task<CliResult> RunAsync(params string[] args)
    {
        using var host = new CliHost
        {
            Environment = Environment,
            Input = new StringReader(Input),
            Out = TextWriter.Synchronized(_out),
            Error = TextWriter.Synchronized(_error),
            Time = Time,
            Interrupts = Interrupts,
            CanBrowse = Browse is not null,
            Browse = Browse ?? (_ => false),
            OpenConsole = colours => Consoles.Open(_out, terminal: false, colours),
        };
        var code = await CliApp.RunAsync(args, host);
        return new CliResult(code, _out.ToString(), _error.ToString());
    }

    public void Dispose()
    {
        _out.Dispose();
        _error.Dispose();
    }

    private sealed class UtcTime : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;
    }
}
