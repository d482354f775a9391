using System.CommandLine;
using Spectre.Console;
using Wheelhouse.Cli.Hosting;
using Wheelhouse.Cli.Settings;
using Wheelhouse.Contracts.Access;

namespace Wheelhouse.Cli.Commands.Access;

/// <summary>Checks a token and saves it. The token is never an argument: arguments are seen by every user of a machine.</summary>
internal sealed class LoginCommand : CliCommand
{
    private readonly Argument<string> _url = new("URL") { Description = "The server's URL" };
    private readonly Option<bool> _stdin = new("--token-stdin") { Description = "Read the token from standard input" };
    private readonly Option<string?> _file = new("--token-file") { Description = "Read the token from a file", HelpName = "FILE" };
    private readonly Option<string?> _code = new("--code") { Description = "Exchange the one-time code of the server's first start for an admin token", HelpName = "CODE" };
    private readonly Option<string?> _name = new("--name") { Description = "The name of that admin token; your user name when left out", HelpName = "NAME" };

    public LoginCommand(CliHost host) : base(host, "login", "Save a server and a token for it")
    {
        Add(_url);
        foreach (var option in (Option[])[_stdin, _file, _code, _name]) Add(option);
        Validators.Add(result =>
        {
            var ways = (result.GetValue(_stdin) ? 1 : 0) + (result.GetValue(_file) is null ? 0 : 1) + (result.GetValue(_code) is null ? 0 : 1);
            if (ways > 1) result.AddError("--token-stdin, --token-file and --code exclude each other.");
        });
    }

    protected override async Task<int> RunAsync(CommandContext context, CancellationToken token)
    {
        var server = ServerUrl.Parse(context.Need(_url));
        if (ServerUrl.IsExposed(server)) context.Output.Remark("warning: http without TLS: whoever carries the traffic can read the token");
        var secret = context.Get(_code) is { } code ? await SetUpAsync(context, server, code, token) : await ReadAsync(context, token);
        using var client = CommandContext.Connect(new Connection(server, secret));
        var me = await client.WhoAmIAsync(token);
        var file = ConfigFile.Of(context.Host);
        file.Write(new SavedLogin(server.AbsoluteUri, secret));
        if (context.Json) context.Output.WriteJson(me);
        else context.Output.Line($"Logged in to {server.AbsoluteUri} as {me.Name} ({me.Role}); saved in {file.Path}.");
        return ExitCodes.Success;
    }

    private async Task<string> SetUpAsync(CommandContext context, Uri server, string code, CancellationToken token)
    {
        using var client = CommandContext.Connect(new Connection(server, Token: null));
        var name = context.Get(_name) ?? context.Host.Variable("USER") ?? "admin";
        return (await client.SetUpAsync(new SetupRequest(code, name), token)).Token;
    }

    private async Task<string> ReadAsync(CommandContext context, CancellationToken token)
    {
        var text = context.Get(_file) is { } path ? await File.ReadAllTextAsync(path, token)
            : context.Get(_stdin) ? await context.Host.Input.ReadToEndAsync(token)
            : context.Host.Variable("WHEELHOUSE_TOKEN") ?? await AskAsync(context, token);
        var secret = text.Trim();
        if (secret.Length > 0 && !secret.Any(char.IsWhiteSpace) && secret.All(char.IsAscii)) return secret;
        throw new CliException(ExitCodes.Usage, "What was given is not a token.", "A token is one word without spaces, as `wheelhouse tokens create` printed it");
    }

    private static Task<string> AskAsync(CommandContext context, CancellationToken token) => context.Host.CanAsk
        ? new TextPrompt<string>("Token:").Secret(null).ShowAsync(context.Output.Console, token)
        : throw new CliException(ExitCodes.Usage, "No token was given.", "Pass --token-stdin, --token-file or --code, or set WHEELHOUSE_TOKEN");
}
