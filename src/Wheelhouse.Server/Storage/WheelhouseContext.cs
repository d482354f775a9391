using Microsoft.EntityFrameworkCore;

namespace Wheelhouse.Server.Storage;

/// <summary>
/// The database. It names no feature: each feature's folder maps its own entities with an
/// <see cref="IEntityTypeConfiguration{TEntity}"/>, which is found here, and reads them with <see cref="DbContext.Set{TEntity}()"/>.
/// Read through an <see cref="IDbContextFactory{TContext}"/>; write through the <see cref="DatabaseWriter"/> only.
/// </summary>
public sealed class WheelhouseContext(DbContextOptions<WheelhouseContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(WheelhouseContext).Assembly);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcTicksConverter>();
}
