using System.CommandLine;
using Wheelhouse.Cli.Hosting;

namespace Wheelhouse.Cli.Commands.Holds;

/// <summary>Where a hold stands: on a service, on one of its environments, or on an environment of every service.</summary>
internal sealed class HoldPlace
{
    private readonly Argument<string?> _service = new("SERVICE") { Description = "The service's name", Arity = ArgumentArity.ZeroOrOne };
    private readonly Argument<string?> _environment = new("ENV") { Description = "Only this environment of it; all of them when left out", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _everywhere = new("--environment") { Description = "Instead of a service: this environment of every service", HelpName = "ENV" };

    /// <summary>Adds the arguments to a verb.</summary>
    public HoldPlace(Command command)
    {
        command.Add(_service);
        command.Add(_environment);
        command.Add(_everywhere);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_service) is null == result.GetValue(_everywhere) is null) result.AddError("Name a service, or with --environment an environment of every service.");
        });
    }

    public (string? Service, string? Environment) Read(CommandContext context) =>
        (context.Get(_service), context.Get(_environment) ?? context.Get(_everywhere));

    /// <summary>Such as <c>billing in production</c>.</summary>
    public static string Describe(string? service, string? environment) =>
        service is null ? $"{environment} of every service" : environment is null ? service : $"{service} in {environment}";

    /// <summary>As the command line takes it.</summary>
    public static string Arguments(string? service, string? environment) =>
        service is null ? $"--environment {environment}" : environment is null ? service : $"{service} {environment}";
}
