using System.Reflection;
using System.Security.Cryptography;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Builds.Running;

/// <summary>What sandboxes need of the server's own: the program that runs in them, and the files of /etc that say who is who.</summary>
internal sealed class PayloadFolder(DataDirectory data)
{
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Embedded resources: the build's own modules, and the one of nodes that installs wheels.</summary>
    private static readonly string[] Prefixes = ["build-payload/", "payload/wheelhouse_node_install"];

    private readonly Lazy<string> _path = new(() => Write(Path.Combine(data.Root, "run")));

    /// <summary>The folder with the Python modules.</summary>
    public string Modules => Path.Combine(_path.Value, "modules");

    /// <summary>A passwd(5) with the user of the sandbox.</summary>
    /// <param name="user">Its id.</param>
    public string Passwd(int user) => WriteOnce($"passwd-{user}", $"root:x:0:0:root:/nonexistent:/bin/sh\nbuild:x:{user}:{user}:build:/build/home:/bin/sh\n");

    /// <summary>A group(5) with the group of the sandbox's user.</summary>
    /// <param name="user">The group's id.</param>
    public string Group(int user) => WriteOnce($"group-{user}", $"root:x:0:\nbuild:x:{user}:\n");

    private static string Write(string parent)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var files = assembly.GetManifestResourceNames().Where(name => Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.Ordinal))).Order(StringComparer.Ordinal)
            .Select(name => (Name: name.Split('/')[1], Bytes: Read(assembly, name))).ToList();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files) hash.AppendData(file.Bytes);
        var folder = Path.Combine(parent, "sandbox-" + Convert.ToHexStringLower(hash.GetHashAndReset())[..12]);
        MakeFolder(folder);
        MakeFolder(Path.Combine(folder, "modules"));
        foreach (var file in files) WriteFile(Path.Combine(folder, "modules", file.Name), file.Bytes);
        return folder;
    }

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Everybody may look into it who gets that far; the server's umask may say otherwise.</summary>
    private static void MakeFolder(string path)
    {
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, ForAll | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    private static void WriteFile(string path, byte[] bytes)
    {
        var temporary = $"{path}.{Guid.NewGuid():N}";
        File.WriteAllBytes(temporary, bytes);
        File.SetUnixFileMode(temporary, ForAll);
        File.Move(temporary, path, overwrite: true);
    }

    private string WriteOnce(string name, string text)
    {
        var path = Path.Combine(_path.Value, name);
        if (!File.Exists(path)) WriteFile(path, System.Text.Encoding.UTF8.GetBytes(text));
        return path;
    }
}
