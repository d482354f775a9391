using System.Text;

namespace Wheelhouse.Server.Hosting.Programs;

/// <summary>Reads what a program writes to standard error and keeps the end of it.</summary>
internal static class ErrorText
{
    private const int Kept = 8 * 1024;

    /// <summary>Reads until nothing more can come.</summary>
    public static async Task<string> ReadAsync(TextReader reader)
    {
        var text = new StringBuilder();
        var buffer = new char[1024];
        while (await reader.ReadAsync(buffer) is > 0 and var read)
        {
            text.Append(buffer, 0, read);
            if (text.Length > 2 * Kept) text.Remove(0, text.Length - Kept);
        }

        return text.ToString();
    }
}
