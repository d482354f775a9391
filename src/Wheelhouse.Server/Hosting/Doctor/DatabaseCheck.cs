using Microsoft.Data.Sqlite;

namespace Wheelhouse.Server.Hosting.Doctor;

/// <summary>The database is whole.</summary>
internal sealed class DatabaseCheck : IServerCheck
{
    private const string Fix = "Stop the server and restore the last backup; keep the damaged file.";

    public string Name => "database";

    public async Task<CheckResult> RunAsync(Surroundings surroundings, CancellationToken cancellationToken)
    {
        if (!File.Exists(surroundings.Data.Database)) return CheckResult.Skipped("There is no database yet.");
        try
        {
            var settings = new SqliteConnectionStringBuilder { DataSource = surroundings.Data.Database, Mode = SqliteOpenMode.ReadWrite, Pooling = false };
            await using var connection = new SqliteConnection(settings.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA quick_check(1)";
            var answer = (string?)await command.ExecuteScalarAsync(cancellationToken);
            return answer == "ok" ? CheckResult.Ok("The database is whole.") : CheckResult.Failed($"The database is damaged: {answer}", Fix);
        }
        catch (SqliteException exception)
        {
            return CheckResult.Failed($"The database cannot be read: {exception.Message}", Fix);
        }
    }
}
