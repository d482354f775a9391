using Microsoft.Data.Sqlite;

namespace Wheelhouse.Server.Index.Maintenance.Import;

/// <summary>Which indexes of a devpi-server are mirrors. Its files do not say it for sure; its database does.</summary>
/// <param name="Names">Their names, each <c>USER/INDEX</c>.</param>
/// <param name="Note">What people should know of how they were found; null when nothing.</param>
internal sealed record DevpiMirrors(IReadOnlySet<string> Names, string? Note)
{
    /// <summary>What a new devpi-server begins with.</summary>
    private const string Usual = "root/pypi";

    /// <summary>The key that every mirror has in the database, after its name.</summary>
    private const string MirrorKey = "/.mirrornameschange";

    /// <summary>Where mirrors keep files whose hash the other index did not tell; stages never have it.</summary>
    private const string Unhashed = "+e";

    public static DevpiMirrors Find(string server, string files)
    {
        var bySight = Directory.EnumerateDirectories(files).SelectMany(Directory.EnumerateDirectories).Where(index => Directory.Exists(Path.Combine(index, Unhashed)))
            .Select(index => Path.GetRelativePath(files, index)).Append(Usual).ToHashSet(StringComparer.Ordinal);
        var database = Path.Combine(server, ".sqlite");
        try
        {
            if (File.Exists(database)) return new(bySight.Union(Read(database)).ToHashSet(StringComparer.Ordinal), null);
            return new(bySight, $"There is no {database}, so a mirror that looks like a stage may be taken for one.");
        }
        catch (SqliteException e)
        {
            return new(bySight, $"{database} could not be read, so a mirror that looks like a stage may be taken for one: {e.Message}");
        }
    }

    private static List<string> Read(string database)
    {
        using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ConnectionString);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT key FROM kv WHERE key LIKE '%' || $key";
        command.Parameters.AddWithValue("$key", MirrorKey);
        using var rows = command.ExecuteReader();
        var names = new List<string>();
        while (rows.Read()) names.Add(rows.GetString(0)[..^MirrorKey.Length]);
        return names;
    }
}
