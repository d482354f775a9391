using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Wheelhouse.Server.Storage.Migrations
{
    /// <inheritdoc />
    public partial class Builds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Build",
                table: "Events",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "BuildProjects",
                columns: table => new
                {
                    Name = table.Column<string>(type: "TEXT", nullable: false),
                    Yaml = table.Column<string>(type: "TEXT", nullable: false),
                    Revision = table.Column<int>(type: "INTEGER", nullable: false),
                    AppliedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    AppliedBy = table.Column<string>(type: "TEXT", nullable: false),
                    PolledAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Polled = table.Column<string>(type: "TEXT", nullable: true),
                    PollError = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BuildProjects", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "Builds",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", nullable: false),
                    Project = table.Column<string>(type: "TEXT", nullable: false),
                    Ref = table.Column<string>(type: "TEXT", nullable: true),
                    Commit = table.Column<string>(type: "TEXT", nullable: true),
                    Subject = table.Column<string>(type: "TEXT", nullable: true),
                    Author = table.Column<string>(type: "TEXT", nullable: true),
                    Link = table.Column<string>(type: "TEXT", nullable: true),
                    By = table.Column<string>(type: "TEXT", nullable: false),
                    Trigger = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<string>(type: "TEXT", nullable: false),
                    IsAdmitted = table.Column<bool>(type: "INTEGER", nullable: false),
                    Version = table.Column<string>(type: "TEXT", nullable: true),
                    Code = table.Column<string>(type: "TEXT", nullable: true),
                    Error = table.Column<string>(type: "TEXT", nullable: true),
                    Fix = table.Column<string>(type: "TEXT", nullable: true),
                    CancelRequestedBy = table.Column<string>(type: "TEXT", nullable: true),
                    SupersededBy = table.Column<string>(type: "TEXT", nullable: true),
                    Epoch = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedAt = table.Column<long>(type: "INTEGER", nullable: false),
                    StartedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    EndedAt = table.Column<long>(type: "INTEGER", nullable: true),
                    Steps = table.Column<string>(type: "TEXT", nullable: true),
                    Files = table.Column<string>(type: "TEXT", nullable: true),
                    Tests = table.Column<string>(type: "TEXT", nullable: true),
                    Commits = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Builds", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "HookDeliveries",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Project = table.Column<string>(type: "TEXT", nullable: false),
                    Delivery = table.Column<string>(type: "TEXT", nullable: false),
                    Build = table.Column<string>(type: "TEXT", nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_HookDeliveries", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Events_Build_Id",
                table: "Events",
                columns: new[] { "Build", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Builds_Project_Commit",
                table: "Builds",
                columns: new[] { "Project", "Commit" });

            migrationBuilder.CreateIndex(
                name: "IX_Builds_Project_Id",
                table: "Builds",
                columns: new[] { "Project", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Builds_State_Id",
                table: "Builds",
                columns: new[] { "State", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_HookDeliveries_At",
                table: "HookDeliveries",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_HookDeliveries_Project_Delivery",
                table: "HookDeliveries",
                columns: new[] { "Project", "Delivery" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BuildProjects");

            migrationBuilder.DropTable(
                name: "Builds");

            migrationBuilder.DropTable(
                name: "HookDeliveries");

            migrationBuilder.DropIndex(
                name: "IX_Events_Build_Id",
                table: "Events");

            migrationBuilder.DropColumn(
                name: "Build",
                table: "Events");
        }
    }
}
