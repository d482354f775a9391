using System.Text.Json;
using Wheelhouse.Contracts.Builds;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Builds.Projects;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Secrets;

namespace Wheelhouse.Server.Builds.Triggers;

/// <summary>Takes what a git host tells of a project. Nothing of it is believed before its signature was checked.</summary>
internal sealed class HookReceiver(BuildProjectCatalog projects, SecretStore secrets, IGrainFactory grains, TimeProvider time, ILogger<HookReceiver> logger)
{
    /// <summary>How long the name of who pushed may be.</summary>
    private const int LongestName = 100;

    /// <summary>How long the id of a delivery may be.</summary>
    private const int LongestDelivery = 200;

    /// <summary>Those that take everything come last.</summary>
    private static readonly IHookHost[] Hosts = [new GiteaHook(), new GitLabHook(), new GitHubHook(), new GenericHook()];

    /// <summary>Takes it.</summary>
    /// <exception cref="ApiException">404 for a project that takes no webhooks, whether it exists or not; 401: it is not signed with the project's secret; 400: it is not JSON.</exception>
    public async Task<HookAnswer> ReceiveAsync(string project, IHeaderDictionary headers, ReadOnlyMemory<byte> body, CancellationToken token)
    {
        var document = await FindAsync(project, token) ?? throw Unknown();
        if (document.Webhook is null) throw Unknown();
        var secret = await ReadSecretAsync(document, token);
        var host = Hosts.First(host => host.Sends(headers));
        if (!host.IsGenuine(headers, body.Span, secret, time.GetUtcNow()))
        {
            logger.LogWarning("A webhook for {Project} that says to come from {Host} has a wrong signature", document.Name, host.Name);
            throw new ApiException(401, "wrong_signature", "The signature or token is missing or wrong.", $"Enter the project's webhook secret at {(host is GenericHook ? "the sender" : host.Name)} too.");
        }

        var message = Parse(host, headers, body);
        if (message.Push is not { } push) return new HookAnswer("ignored", message.Reason);
        if (!document.Refs.MayFit(push.Ref)) return new HookAnswer("ignored", $"{RefPatterns.Short(push.Ref)} is not built; this project builds {document.Refs}");
        var delivery = host.DeliveryOf(headers) is { Length: > 0 and <= LongestDelivery } id ? $"{host.Name}/{id}" : null;
        var admission = await grains.GetGrain<IProjectGrain>(document.Name).Request(new BuildOrder
        {
            Ref = push.Ref,
            Commit = push.Commit,
            By = Excerpt.Of(push.By is { Length: > 0 } by ? by : host.Name, LongestName),
            Trigger = BuildTriggers.Push,
            Delivery = delivery,
        });
        return admission.Outcome switch
        {
            BuildAdmissionOutcome.Admitted => new HookAnswer("building", Reason: null) { Build = admission.Build },
            BuildAdmissionOutcome.Replayed => new HookAnswer("ignored", "this was told before") { Build = admission.Build },
            BuildAdmissionOutcome.Known => new HookAnswer("ignored", "this commit has a build") { Build = admission.Build },
            _ => throw Unknown(),
        };
    }

    /// <summary>What is wrong with a document is not told to whoever asks.</summary>
    private async Task<BuildProjectDocument?> FindAsync(string project, CancellationToken token)
    {
        try
        {
            return (await projects.FindAsync(project, token))?.Document;
        }
        catch (ApiException invalid)
        {
            logger.LogError("A webhook for {Project} cannot be checked: {Reason}", Excerpt.Of(project, LongestName), invalid.Message);
            throw CannotCheck(invalid.Code);
        }
    }

    private async Task<string> ReadSecretAsync(BuildProjectDocument document, CancellationToken token)
    {
        try
        {
            return (await BuildSecrets.ReadAsync(secrets, document.Webhook, token))!;
        }
        catch (BuildFault fault)
        {
            logger.LogError("A webhook for {Project} cannot be checked: {Reason}", document.Name, fault.Message);
            throw CannotCheck(fault.Failure.Code);
        }
    }

    private static HookMessage Parse(IHookHost host, IHeaderDictionary headers, ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
            return json.RootElement.ValueKind == JsonValueKind.Object ? host.Read(headers, json.RootElement) : HookMessage.Ignored("the payload is not a JSON object");
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException) // The latter for a text that is no Unicode, as "\ud800".
        {
            throw new ApiException(400, ProblemCodes.InvalidRequest, "The payload is not JSON.", "Set the content type of the webhook to application/json.");
        }
    }

    private static ApiException CannotCheck(string code) => new(503, code, "The server cannot check webhooks of this project now.", "Ask its operator: the log says why.");

    private static ApiException Unknown() => new(404, ProblemCodes.NotFound, "There is no webhook here.", "Look at the project's page for the address, and whether its document names a webhook secret.");
}

/// <summary>What is answered to a git host.</summary>
/// <param name="Result"><c>building</c> or <c>ignored</c>.</param>
/// <param name="Reason">Why it is ignored; null when it is not.</param>
internal sealed record HookAnswer(string Result, string? Reason)
{
    /// <summary>The build; null when there is none.</summary>
    public string? Build { get; init; }
}
