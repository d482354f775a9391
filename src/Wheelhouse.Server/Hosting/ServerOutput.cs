namespace Wheelhouse.Server.Hosting;

/// <summary>Where the server says what a person or a script waits for; the log goes elsewhere.</summary>
/// <param name="writer">Standard output, or a test's.</param>
public sealed class ServerOutput(TextWriter writer)
{
    public async Task WriteLineAsync(string line)
    {
        await writer.WriteLineAsync(line);
        await writer.FlushAsync();
    }
}
