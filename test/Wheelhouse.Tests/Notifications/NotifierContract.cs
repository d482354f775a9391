using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Documents;
using Wheelhouse.Server.Notifications;
using Wheelhouse.Server.Notifications.Templates;

namespace Wheelhouse.Tests.Notifications;

/// <summary>What every notifier must do. A new one gets a class that derives from this and says how its receiver is made.</summary>
public abstract class NotifierContract : IAsyncLifetime
{
    /// <summary>The value of every secret that <see cref="Options"/> names and that is not a URL; it may stand in no preview and no error.</summary>
    protected const string Secret = "xoxb-do-not-show-me-4711";

    private NotificationsDatabase _database = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The key of the notifier in a channel's document.</summary>
    protected abstract string Name { get; }

    /// <summary>The options, as YAML, that lead to a receiver of the test.</summary>
    protected abstract string Options { get; }

    /// <summary>The values of the secrets that the options name.</summary>
    protected virtual IReadOnlyDictionary<string, string> Secrets => new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Registers a notifier that the server does not have; it has those that it ships.</summary>
    protected virtual void Register(IServiceCollection services)
    {
    }

    /// <summary>An event that it certainly sends.</summary>
    protected virtual string Told => NotificationEvents.Failed;

    /// <summary>What the server takes for now.</summary>
    protected DateTimeOffset Now => _database.Time.GetUtcNow();

    protected INotifier Notifier => _database.Get<Notifiers>().Find(Name)
        ?? throw new InvalidOperationException($"No notifier named '{Name}' is registered: add it to {nameof(NotificationsServiceCollectionExtensions)}, or override Register in the test.");

    public virtual async ValueTask InitializeAsync()
    {
        _database = await NotificationsDatabase.StartAsync(Register, Token);
        foreach (var (name, value) in Secrets) await SetSecretAsync(name, value);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Its_name_can_stand_in_a_document() => Assert.Matches("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", Notifier.Name);

    [Fact]
    public void What_it_tells_by_default_are_events_that_there_are()
    {
        Assert.NotEmpty(Notifier.DefaultEvents);
        Assert.Subset(NotificationEvents.All.ToHashSet(), Notifier.DefaultEvents.ToHashSet());
    }

    [Fact]
    public void A_key_that_it_does_not_know_is_an_error_with_a_line()
    {
        var errors = new DocumentErrors();
        Assert.Null(OptionsBinder.Bind(Notifier.OptionsType, YamlComposer.Compose("no_such_key: 1", errors)[0].Root!, Name, errors));
        Assert.Contains(errors.ToList(), error => error is { Line: 1 } && error.Field == $"{Name}.no_such_key");
    }

    [Fact]
    public async Task It_sends_every_event_and_shows_before_what_it_sends()
    {
        foreach (var name in NotificationEvents.All)
        {
            var notification = Example(name);
            var preview = Notifier.Preview(Bind(Options), notification);
            Assert.NotEmpty(preview);
            Assert.All(Secrets.Values, secret => Assert.DoesNotContain(secret, preview, StringComparison.Ordinal));
            await SendAsync(notification);
        }
    }

    [Fact]
    public async Task It_sends_whatever_people_write()
    {
        const string Odd = "<b>&amp; \"quoted\" 'x' *bold* _it_ `code` \\ {{ }} @channel <!here> \u0007 Ä ¡🎉 %s $HOME";
        await SendAsync(Example(NotificationEvents.Failed) with { Title = Odd, Text = string.Join('\n', Enumerable.Repeat(Odd, 40)), Message = Odd });
        await SendAsync(Example(NotificationEvents.Started) with { Title = new string('x', MessageTemplates.LongestTitle), Text = new string('ä', MessageTemplates.LongestText) });
    }

    [Fact]
    public async Task It_can_be_used_by_several_at_once() =>
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SendAsync(Example(NotificationEvents.Succeeded))));

    [Fact]
    public async Task It_stops_when_it_takes_too_long()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Notifier.SendAsync(Bind(Options), Example(Told), earlier: null, cancelled.Token));
    }

    protected Task<string?> SendAsync(Notification notification, string? earlier = null, string? options = null) => Notifier.SendAsync(Bind(options ?? Options), notification, earlier, Token);

    /// <summary>An example with its words.</summary>
    protected static Notification Example(string name) => MessageTemplates.None.Render(Examples.Of(name));

    /// <summary>Checks that one thing is wrong with options, and what is said of it.</summary>
    protected DocumentError AssertFlaw(string yaml, string message)
    {
        var flaw = Assert.Single(Flaws(yaml));
        Assert.Contains(message, $"{flaw.Message} {flaw.Fix}", StringComparison.Ordinal);
        return flaw;
    }

    /// <summary>Reads options as a document's are read.</summary>
    protected object Bind(string yaml)
    {
        var errors = new DocumentErrors();
        var options = OptionsBinder.Bind(Notifier.OptionsType, YamlComposer.Compose(yaml, errors)[0].Root!, Name, errors);
        Assert.Empty(errors.ToList());
        return options!;
    }

    /// <summary>What is wrong with options.</summary>
    protected IReadOnlyList<DocumentError> Flaws(string yaml)
    {
        var errors = new DocumentErrors();
        OptionsBinder.Bind(Notifier.OptionsType, YamlComposer.Compose(yaml, errors)[0].Root!, Name, errors);
        return errors.ToList();
    }

    protected Task SetSecretAsync(string name, string value) => _database.Secrets.SetAsync(name, value, "ann", Token);

    protected static JsonElement Parse(string json) => JsonSerializer.Deserialize<JsonElement>(json);
}
