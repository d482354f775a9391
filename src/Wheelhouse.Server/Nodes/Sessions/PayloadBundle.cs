using System.Buffers;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Wheelhouse.Server.Nodes.Sessions;

/// <summary>The Python program that is sent to a node when a session opens.</summary>
public sealed class PayloadBundle
{
    private readonly byte[] _modules;
    private readonly string _main;

    /// <summary>Makes one.</summary>
    /// <param name="loader">The text for <c>python3 -u -c</c>, which reads the rest from its standard input.</param>
    /// <param name="main">The name of the module to run.</param>
    /// <param name="modules">The modules' sources by name.</param>
    public PayloadBundle(string loader, string main, IReadOnlyDictionary<string, string> modules)
    {
        Loader = loader;
        _main = main;
        _modules = JsonSerializer.SerializeToUtf8Bytes(modules);
    }

    /// <summary>The text for <c>python3 -u -c</c>.</summary>
    public string Loader { get; }

    /// <summary>The payload that was built into this program.</summary>
    public static PayloadBundle Embedded()
    {
        const string Prefix = "payload/", Suffix = ".py";
        var assembly = Assembly.GetExecutingAssembly();
        var sources = assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && name.EndsWith(Suffix, StringComparison.Ordinal))
            .ToDictionary(name => name[Prefix.Length..^Suffix.Length], Read, StringComparer.Ordinal);
        if (!sources.Remove("loader", out var loader)) throw new InvalidOperationException("The payload's loader.py is not an embedded resource.");
        return new PayloadBundle(loader, "wheelhouse_node", sources);

        string Read(string name)
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            return reader.ReadToEnd();
        }
    }

    /// <summary>What to write first: a line with the length, then the bundle.</summary>
    /// <param name="marker">A random string; the protocol begins after the line that ends with it.</param>
    public byte[] For(string marker)
    {
        var body = new ArrayBufferWriter<byte>(_modules.Length + 256);
        using (var writer = new Utf8JsonWriter(body))
        {
            writer.WriteStartObject();
            writer.WriteString("marker", marker);
            writer.WriteString("main", _main);
            writer.WritePropertyName("modules");
            writer.WriteRawValue(_modules, skipInputValidation: true);
            writer.WriteEndObject();
        }

        return [.. Encoding.ASCII.GetBytes(body.WrittenCount.ToString(CultureInfo.InvariantCulture) + "\n"), .. body.WrittenSpan];
    }
}
