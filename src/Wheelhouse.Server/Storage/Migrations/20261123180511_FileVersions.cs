using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wheelhouse.Server.Storage.Migrations
{
    /// <inheritdoc />
    public partial class FileVersions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Files_ProjectId_Version",
                table: "Files",
                columns: new[] { "ProjectId", "Version" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_Files_ProjectId_Version",
                table: "Files");
        }
    }
}
