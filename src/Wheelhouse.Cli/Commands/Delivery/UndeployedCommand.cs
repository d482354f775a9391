using System.CommandLine;
using Spectre.Console;
using Wheelhouse.Cli.Following;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Output;
using Wheelhouse.Contracts.Delivery;

namespace Wheelhouse.Cli.Commands.Delivery;

/// <summary>Shows what was published since the last deploy.</summary>
internal sealed class UndeployedCommand : CliCommand
{
    private readonly Argument<string> _service = new("SERVICE") { Description = "The service" };
    private readonly Argument<string?> _environment = new("ENV") { Description = "Only this environment; all of them unless told", Arity = ArgumentArity.ZeroOrOne };

    public UndeployedCommand(CliHost host) : base(host, "undeployed", "Releases and commits since the last deploy, and their age")
    {
        Add(_service);
        Add(_environment);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var service = context.Need(_service);
        var environments = context.Get(_environment) is { } one ? [one] : (await context.Client.GetServiceAsync(service, token)).Environments.Select(place => place.Name).ToList();
        var views = new List<UndeployedView>();
        foreach (var environment in environments) views.Add(await context.Client.GetUndeployedAsync(service, environment, token));
        if (context.Json) context.Output.WriteJson(views);
        else foreach (var view in views) Write(context.Output, view);
        return ExitCodes.Success;
    }

    private static void Write(Writer output, UndeployedView view)
    {
        output.Line($"{view.Environment}  {(view.Running is { } running ? $"runs {running}" : "nothing deployed yet")}{Waiting(output, view)}");
        var table = Tables.New("  Release", "Commit", "When", "By", "");
        foreach (var release in view.Releases)
        {
            if (release.Commits is not { Count: > 0 } commits)
            {
                table.AddRow(
                    new Text($"  {release.Version}"), new Text(""), new Text(output.Times.Moment(release.PublishedAt)), new Text(""),
                    new Text(release.Commits is null ? "published; its commits are not known" : "published; no commits", Symbols.Calm));
            }
            else
            {
                foreach (var (i, commit) in commits.Index())
                {
                    table.AddRow(
                        new Text(i == 0 ? $"  {release.Version}" : ""), new Text(commit.Sha[..10], Symbols.Calm), new Text(output.Times.Moment(commit.At)),
                        new Text(Printable.Short(commit.Author, 30)), new Text(Printable.Short(commit.Subject, 100)));
                }
            }
        }

        if (view.Releases.Count > 0) output.Console.Write(table);
    }

    private static string Waiting(Writer output, UndeployedView view)
    {
        if (view.Releases.Count == 0) return "; nothing newer is published";
        var commits = view.Releases.Sum(release => release.Commits?.Count ?? 0);
        return $"; {Words.Count(view.Releases.Count, "newer release")}{(commits > 0 ? $" with {Words.Count(commits, "commit")}" : "")}"
            + (view.OldestAt is { } oldest ? $", the oldest from {output.Times.Ago(oldest)}" : "");
    }
}
