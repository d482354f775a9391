using System.Security.Cryptography;
using Microsoft.Data.Sqlite;

namespace Wheelhouse.Tests.Index.Maintenance;

/// <summary>Makes the directory of a devpi-server as that lays it out.</summary>
internal sealed class DevpiFolder(TempFolder folder)
{
    public string Root => folder["devpi"];

    /// <summary>Files a package under its hash; returns its path.</summary>
    public string Add(string index, string fileName, byte[] bytes, string? hash = null)
    {
        var digits = hash ?? Convert.ToHexStringLower(SHA256.HashData(bytes));
        return Write($"{index}/+f/{digits[..3]}/{digits[3..16]}/{fileName}", bytes);
    }

    /// <summary>Writes something else below its files.</summary>
    public string Write(string relative, byte[] bytes)
    {
        var path = Path.Combine(Root, "+files", relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Writes its database, with the key that its mirrors have.</summary>
    public void AddDatabase(params string[] mirrors)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(Root, ".sqlite")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TABLE kv (key TEXT NOT NULL PRIMARY KEY, keyname TEXT, serial INTEGER);"
            + string.Concat(mirrors.Select(mirror => $"INSERT INTO kv VALUES ('{mirror}/.mirrornameschange', 'MIRRORNAMESINIT', 1);")) + "INSERT INTO kv VALUES ('alice/dev/.projects', 'PROJNAMES', 2);";
        command.ExecuteNonQuery();
    }
}
