using System.Diagnostics;
using System.Text.Json;
using Wheelhouse.Tests.Python;

[assembly: AssemblyFixture(typeof(PackagingOracle))]

namespace Wheelhouse.Tests.Python;

/// <summary>Debian's <c>packaging</c> module in one process that is started by the first question.</summary>
public sealed class PackagingOracle : IDisposable
{
    private readonly Lock _lock = new();
    private Process? _process;

    /// <summary>The module's answer, or null when it raised an error.</summary>
    public JsonElement? Ask(params object?[] question)
    {
        lock (_lock)
        {
            _process ??= Start();
            _process.StandardInput.WriteLine(JsonSerializer.Serialize(question));
            _process.StandardInput.Flush();
            using var answer = JsonDocument.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The oracle has ended."));
            return answer.RootElement.TryGetProperty("answer", out var value) ? value.Clone() : null;
        }
    }

    public void Dispose()
    {
        _process?.StandardInput.Close();
        _process?.WaitForExit();
        _process?.Dispose();
    }

    private static Process Start()
    {
        using var source = typeof(PackagingOracle).Assembly.GetManifestResourceStream("packaging_oracle.py")!;
        using var reader = new StreamReader(source);
        var start = new ProcessStartInfo("/usr/bin/python3") { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("-Ic");
        start.ArgumentList.Add(reader.ReadToEnd());
        return Process.Start(start)!;
    }
}
