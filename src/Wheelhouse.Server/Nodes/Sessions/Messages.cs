using System.Buffers;
using System.Text.Json;

namespace Wheelhouse.Server.Nodes.Sessions;

/// <summary>Writes the messages that the server sends, each a line. Pure.</summary>
internal static class Messages
{
    public static byte[] Ping { get; } = Write(writer => writer.WriteString("op", "ping"));

    public static byte[] Bye { get; } = Write(writer => writer.WriteString("op", "bye"));

    public static byte[] Cancel(long id) => Write(writer =>
    {
        writer.WriteString("op", "cancel");
        writer.WriteNumber("id", id);
    });

    public static byte[] Request(long id, NodeRequest request) => Write(writer =>
    {
        writer.WriteNumber("id", id);
        writer.WriteString("op", request.Op);
        if (request.Step is not null) writer.WriteString("step", request.Step);
        if (request.Epoch is { } epoch) writer.WriteNumber("epoch", epoch);
        writer.WritePropertyName("args");
        request.Args.WriteTo(writer);
    });

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var line = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(line))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        line.Write("\n"u8);
        return line.WrittenSpan.ToArray();
    }
}
