using System.Buffers.Binary;
using System.Text;

namespace Wheelhouse.EndToEnd.Harness;

/// <summary>A span as a receiver gets it; the numbers of the fields are those of opentelemetry/proto/trace/v1/trace.proto.</summary>
/// <param name="TraceId">Its trace, in hexadecimal.</param>
/// <param name="Id">Its id, in hexadecimal.</param>
/// <param name="Parent">The id of its parent; empty when it has none.</param>
/// <param name="Name">Its name.</param>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended.</param>
/// <param name="Attributes">Its attributes that are text.</param>
/// <param name="IsError">Whether its status is an error.</param>
/// <param name="Message">What its status says.</param>
public sealed record OtlpSpan(
    string TraceId, string Id, string Parent, string Name, DateTimeOffset Start, DateTimeOffset End, IReadOnlyDictionary<string, string> Attributes, bool IsError, string Message)
{
    /// <summary>The resource's attributes, such as <c>service.name</c>.</summary>
    public IReadOnlyDictionary<string, string> Resource { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads an ExportTraceServiceRequest.</summary>
    public static IEnumerable<OtlpSpan> ReadRequest(byte[] request) =>
        from resourceSpans in ProtoMessage.Read(request).Messages(1)
        let resource = Texts(resourceSpans.Messages(1).SelectMany(resource => resource.Messages(1)))
        from scope in resourceSpans.Messages(2)
        from span in scope.Messages(2)
        select Of(span) with { Resource = resource };

    private static OtlpSpan Of(ProtoMessage span)
    {
        var status = span.Messages(15).FirstOrDefault();
        return new OtlpSpan(
            Hex(span, 1), Hex(span, 2), Hex(span, 4), span.Text(5), Time(span, 7), Time(span, 8), Texts(span.Messages(9)),
            status?.Number(3) == 2, status?.Text(2) ?? "");
    }

    private static string Hex(ProtoMessage message, int field) => Convert.ToHexStringLower(message.Bytes(field));

    private static DateTimeOffset Time(ProtoMessage message, int field) =>
        DateTimeOffset.UnixEpoch.AddTicks((long)(BinaryPrimitives.ReadUInt64LittleEndian(message.Bytes(field)) / 100));

    private static Dictionary<string, string> Texts(IEnumerable<ProtoMessage> attributes) =>
        attributes.ToDictionary(attribute => attribute.Text(1), attribute => attribute.Messages(2).FirstOrDefault()?.Text(1) ?? "", StringComparer.Ordinal);
}

/// <summary>A message of Protocol Buffers, split into its fields without knowing what they mean.</summary>
public sealed class ProtoMessage
{
    private readonly List<(int Field, ulong Number, byte[] Bytes)> _fields = [];

    /// <summary>Splits a message.</summary>
    public static ProtoMessage Read(ReadOnlySpan<byte> bytes)
    {
        var message = new ProtoMessage();
        while (bytes.Length > 0)
        {
            var key = Varint(ref bytes);
            var length = (key & 7) switch
            {
                0 => 0,
                1 => 8,
                2 => (int)Varint(ref bytes),
                5 => 4,
                var kind => throw new FormatException($"There is no wire type {kind}."),
            };
            message._fields.Add(((int)(key >> 3), (key & 7) == 0 ? Varint(ref bytes) : 0, bytes[..length].ToArray()));
            bytes = bytes[length..];
        }

        return message;
    }

    public IEnumerable<ProtoMessage> Messages(int field) => _fields.Where(entry => entry.Field == field).Select(entry => Read(entry.Bytes));

    public byte[] Bytes(int field) => _fields.Where(entry => entry.Field == field).Select(entry => entry.Bytes).FirstOrDefault([]);

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public ulong Number(int field) => _fields.FirstOrDefault(entry => entry.Field == field).Number;

    private static ulong Varint(ref ReadOnlySpan<byte> bytes)
    {
        ulong number = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = bytes[0];
            bytes = bytes[1..];
            number |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80) return number;
        }
    }
}
