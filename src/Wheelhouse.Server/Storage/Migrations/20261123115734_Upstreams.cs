using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wheelhouse.Server.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Upstreams : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "UpstreamFiles",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Project = table.Column<string>(type: "TEXT", nullable: false),
                    FileName = table.Column<string>(type: "TEXT", nullable: false),
                    Version = table.Column<string>(type: "TEXT", nullable: false),
                    Sha256 = table.Column<string>(type: "TEXT", nullable: false),
                    Size = table.Column<long>(type: "INTEGER", nullable: false),
                    RequiresPython = table.Column<string>(type: "TEXT", nullable: true),
                    MetadataSha256 = table.Column<string>(type: "TEXT", nullable: true),
                    UploadTime = table.Column<long>(type: "INTEGER", nullable: true),
                    Upstream = table.Column<string>(type: "TEXT", nullable: false),
                    KeptAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UpstreamFiles", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "UpstreamPages",
                columns: table => new
                {
                    Project = table.Column<string>(type: "TEXT", nullable: false),
                    Upstream = table.Column<string>(type: "TEXT", nullable: false),
                    Page = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_UpstreamPages", x => x.Project);
                });

            migrationBuilder.CreateIndex(
                name: "IX_UpstreamFiles_Project",
                table: "UpstreamFiles",
                column: "Project");

            migrationBuilder.CreateIndex(
                name: "IX_UpstreamFiles_Sha256_FileName",
                table: "UpstreamFiles",
                columns: new[] { "Sha256", "FileName" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "UpstreamFiles");

            migrationBuilder.DropTable(
                name: "UpstreamPages");
        }
    }
}
