using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;

namespace Wheelhouse.Server.Hosting.Programs;

/// <summary>Reads lines of bytes.</summary>
internal static class Lines
{
    /// <summary>The longest line that is accepted: 16 MiB.</summary>
    public const int Longest = 16 * 1024 * 1024;

    /// <summary>
    /// Reads lines until the input ends or the caller stops; a part after the last line feed is dropped. A line is valid until the next
    /// one is asked for, and reading can begin again after it.
    /// </summary>
    /// <param name="input">The input.</param>
    /// <param name="heard">Called whenever bytes arrived.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InvalidDataException">A line is longer than <see cref="Longest"/>.</exception>
    public static async IAsyncEnumerable<ReadOnlySequence<byte>> ReadAsync(
        PipeReader input, Action heard, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            heard();
            var rest = read.Buffer;
            var advanced = false;
            try
            {
                while (rest.PositionOf((byte)'\n') is { } end)
                {
                    var line = rest.Slice(0, end);
                    rest = rest.Slice(rest.GetPosition(1, end));
                    yield return line;
                }

                if (rest.Length > Longest) throw new InvalidDataException($"A line is longer than {Longest} bytes.");
                input.AdvanceTo(rest.Start, rest.End);
                advanced = true;
            }
            finally
            {
                if (!advanced) input.AdvanceTo(rest.Start);
            }

            if (read.IsCompleted) yield break;
        }
    }
}
