using Microsoft.Extensions.DependencyInjection;
using Wheelhouse.Server.Notifications;

namespace Wheelhouse.Tests.Notifications.Extending;

public sealed class PagerNotifierTests : HttpNotifierContract
{
    protected override string Name => "pager";

    protected override string Options => $"{{ url: {Receiver.Url}/page, key: secret:pager }}";

    protected override IReadOnlyDictionary<string, string> Secrets => new Dictionary<string, string> { ["pager"] = Secret };

    protected override void Register(IServiceCollection services) => services.AddSingleton<INotifier, PagerNotifier>(); // Not for one that ships
}
