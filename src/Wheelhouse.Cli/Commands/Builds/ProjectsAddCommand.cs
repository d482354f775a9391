using System.CommandLine;
using System.Text;
using Wheelhouse.Cli.Commands.Services;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Builds;

/// <summary>Adds a project to build with the usual settings.</summary>
internal sealed class ProjectsAddCommand : CliCommand
{
    private readonly Argument<string> _url = new("URL") { Description = "The git repository, over https or ssh" };
    private readonly Option<string?> _name = new("--name") { Description = "The project's name on the index; default is the repository's", HelpName = "NAME" };
    private readonly Option<string?> _credentials = new("--credentials") { Description = "The secret that holds the token (https) or the deploy key (ssh)", HelpName = "SECRET" };
    private readonly Option<string?> _webhook = new("--webhook") { Description = "The secret by which webhooks of the git host are known", HelpName = "SECRET" };
    private readonly Option<string?> _version = new("--version-from") { Description = "project: its own metadata (default); tags: the repository's tags", HelpName = "SOURCE" };

    public ProjectsAddCommand(CliHost host) : base(host, "add", "Have a repository built on each push")
    {
        Add(_url);
        foreach (var option in (Option[])[_name, _credentials, _webhook, _version]) Add(option);
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var url = context.Need(_url);
        var name = context.Get(_name) ?? NameOf(url);
        if ((await context.Client.ListBuildProjectsAsync(token)).Any(known => known.Name == name))
            throw new CliException(ExitCodes.Refused, $"The project {name} is built already.", $"Change its document: wheelhouse projects show {name} > FILE, then wheelhouse projects apply -f FILE");
        var yaml = new StringBuilder().Append($"project: {Quote(name)}\nrepository: {Quote(url)}\n");
        if (context.Get(_credentials) is { } credentials) yaml.Append($"credentials: {Secret(credentials)}\n");
        if (context.Get(_webhook) is { } webhook) yaml.Append($"webhook: {Secret(webhook)}\n");
        if (context.Get(_version) is { } version) yaml.Append($"version: {Quote(version)}\n");
        var applied = await context.Client.ApplyBuildProjectsAsync(yaml.ToString(), token);
        var project = await context.Client.GetBuildProjectAsync(applied[0].Project, token);
        if (context.Json)
        {
            context.Output.WriteJson(project);
            return ExitCodes.Success;
        }

        AppliedLine.Write(context, project.Name, applied[0].Change, applied[0].Revision);
        context.Output.Line($"  build it now:        wheelhouse build {project.Name}");
        context.Output.Line(project.Hook is { } hook ? $"  webhook for pushes:  {hook}" : $"  on each push:        wheelhouse secrets set {project.Name}-hook, then name it as 'webhook' in the document");
        return ExitCodes.Success;
    }

    /// <summary>The last part of the URL's path, without <c>.git</c>.</summary>
    private static string NameOf(string url)
    {
        var name = url.TrimEnd('/').Split('/', ':')[^1];
        return name.EndsWith(".git", StringComparison.Ordinal) ? name[..^4] : name;
    }

    private static string Secret(string name) => name.StartsWith("secret:", StringComparison.Ordinal) ? name : $"secret:{name}";

    /// <summary>A YAML text in double quotes.</summary>
    private static string Quote(string text) => System.Text.Json.JsonSerializer.Serialize(text);
}
