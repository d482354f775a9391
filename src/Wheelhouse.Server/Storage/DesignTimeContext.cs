using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Wheelhouse.Server.Storage;

/// <summary>Makes the context for <c>dotnet ef migrations add</c>, without starting a server.</summary>
internal sealed class DesignTimeContext : IDesignTimeDbContextFactory<WheelhouseContext>
{
    public WheelhouseContext CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<WheelhouseContext>().UseSqlite("Data Source=:memory:").Options);
}
