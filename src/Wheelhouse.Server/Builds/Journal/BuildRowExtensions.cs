using System.Text.Json;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Delivery;
using Wheelhouse.Server.Builds.Running;
using Wheelhouse.Server.Events;

namespace Wheelhouse.Server.Builds.Journal;

/// <summary>Reads what the rows keep as text.</summary>
internal static class BuildRowExtensions
{
    public static IReadOnlyList<BuiltFile> BuiltFiles(this BuildRow row) => Read<IReadOnlyList<BuiltFile>>(row.Files) ?? [];

    public static IReadOnlyList<BuildStepView> StepViews(this BuildRow row) => Read<IReadOnlyList<BuildStepView>>(row.Steps) ?? [];

    public static ReleaseCommitsRequest? ReleaseCommits(this BuildRow row) => Read<ReleaseCommitsRequest>(row.Commits);

    /// <summary>The build as lists show it.</summary>
    public static BuildView ToBrief(this BuildRow row) => new()
    {
        Id = row.Id,
        Project = row.Project,
        Ref = row.Ref,
        Commit = row.Commit,
        Subject = row.Subject,
        Author = row.Author,
        Link = row.Link,
        By = row.By,
        Trigger = row.Trigger,
        State = row.State,
        Version = row.Version,
        Code = row.Code,
        Error = row.Error,
        Fix = row.Fix,
        CancelRequestedBy = row.CancelRequestedBy,
        SupersededBy = row.SupersededBy,
        Attempts = row.Epoch,
        CreatedAt = row.CreatedAt,
        StartedAt = row.StartedAt,
        EndedAt = row.EndedAt,
        Steps = row.StepViews(),
        Files = [.. row.BuiltFiles().Select(file => new BuildFileView(file.Name, file.Size, file.Sha256))],
        Tests = Read<BuildTestsView>(row.Tests) is { } tests ? tests with { Failures = [] } : null,
    };

    /// <summary>The build with all that its row knows.</summary>
    public static BuildView ToView(this BuildRow row) => row.ToBrief() with
    {
        Tests = Read<BuildTestsView>(row.Tests),
        Commits = row.ReleaseCommits()?.Commits ?? [],
    };

    /// <summary>An event of a build.</summary>
    public static NewEvent Event(this BuildRow row, string type, string message, object? data = null) => new(type, message) { Build = row.Id, Data = data };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, JsonSerializerOptions.Web);

    private static T? Read<T>(string? text)
        where T : class => text is null ? null : JsonSerializer.Deserialize<T>(text, JsonSerializerOptions.Web);
}
