using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Wheelhouse.Server.Secrets;

/// <summary>A secret, sealed with the server's keys in the data directory.</summary>
public sealed class SecretRow
{
    public required string Name { get; set; }

    /// <summary>The value, encrypted and authenticated.</summary>
    public required byte[] Sealed { get; set; }

    public DateTimeOffset SetAt { get; set; }

    public required string SetBy { get; set; }
}

internal sealed class SecretRowMapping : IEntityTypeConfiguration<SecretRow>
{
    public void Configure(EntityTypeBuilder<SecretRow> builder)
    {
        builder.ToTable("Secrets");
        builder.HasKey(row => row.Name);
    }
}
