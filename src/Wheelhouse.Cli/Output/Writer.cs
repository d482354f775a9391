using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Contracts.Client;

namespace Wheelhouse.Cli.Output;

/// <summary>Where a command's results go.</summary>
internal sealed class Writer
{
    private readonly CliHost _host;

    public Writer(CliHost host, bool json, bool noColor)
    {
        _host = host;
        Json = json;
        Console = host.OpenConsole(!noColor && host.Variable("NO_COLOR") is null);
        Times = new Times(host.Time);
    }

    /// <summary>One record a line.</summary>
    public static JsonSerializerOptions JsonLine { get; } =
        new(WheelhouseClient.Json) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One record, spread over lines.</summary>
    public static JsonSerializerOptions JsonBlock { get; } = new(JsonLine) { WriteIndented = true };

    /// <summary>Whether programs read it.</summary>
    public bool Json { get; }

    /// <summary>Draws on standard output.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>Writes times for people.</summary>
    public Times Times { get; }

    /// <summary>Writes a line to standard output as it is, never wrapped.</summary>
    public void Line(string text = "") => _host.Out.WriteLine(text);

    /// <summary>Writes a remark to standard error, where it does not get into a pipe.</summary>
    public void Remark(string text) => _host.Error.WriteLine(text);

    /// <summary>Writes a record as indented JSON.</summary>
    public void WriteJson<T>(T record) => Line(JsonSerializer.Serialize(record, JsonBlock));

    /// <summary>Writes a record as one line of JSON, at once.</summary>
    public void WriteJsonLine<T>(T record)
    {
        Line(JsonSerializer.Serialize(record, JsonLine));
        _host.Out.Flush();
    }
}
