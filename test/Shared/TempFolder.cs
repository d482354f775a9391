using System.Diagnostics;

namespace Wheelhouse.Testing;

/// <summary>A folder with a short path that is gone after the test, whatever modes and owners its files have.</summary>
public sealed class TempFolder : IDisposable
{
    public TempFolder(string name = "wh")
    {
        Root = Path.Combine(Path.GetTempPath(), $"{name}-{Guid.NewGuid():N}"[..(name.Length + 9)]);
        Directory.CreateDirectory(Root);
    }

    public string Root { get; }

    /// <summary>The path of something in the folder.</summary>
    public string this[string relative] => Path.Combine(Root, relative);

    /// <summary>Writes a text file and returns its path; missing folders are made.</summary>
    public string Write(string relative, string text)
    {
        var path = this[relative];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>Writes a shell script that can be executed and returns its path.</summary>
    public string WriteScript(string relative, string body)
    {
        // Not by this process: a program that another test starts meanwhile would inherit the open file, which cannot be executed then.
        using var install = Process.Start("install", ["-m", "700", Write(relative + ".text", $"#!/bin/sh\n{body}\n"), this[relative]]);
        install.WaitForExit();
        return this[relative];
    }

    public void Dispose()
    {
        // Releases are read-only and may hold links out of the folder: rm knows both.
        using var remove = Process.Start("rm", ["-rf", "--one-file-system", Root]);
        remove.WaitForExit();
    }
}
