using Microsoft.Data.Sqlite;

namespace Wheelhouse.Server.Storage;

/// <summary>Tells a full disk from everything else for which a change may fail.</summary>
internal static class FullDisk
{
    /// <summary>SQLITE_FULL of SQLite's result codes.</summary>
    private const int Full = 13;

    /// <summary>Whether a change was not written because the database has no room to grow. Nothing of it is there then.</summary>
    public static bool IsReasonOf(Exception exception) => exception.GetBaseException() is SqliteException { SqliteErrorCode: Full };
}
