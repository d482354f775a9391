using Wheelhouse.Contracts.Errors;
using Wheelhouse.Contracts.Events;
using Wheelhouse.Contracts.Holds;
using Wheelhouse.Server.Access;
using Wheelhouse.Server.Events;
using Wheelhouse.Server.Hosting.Http;
using Wheelhouse.Server.Services.Catalog;
using Wheelhouse.Server.Storage;

namespace Wheelhouse.Server.Holds;

/// <summary>Places and lifts manual holds, each with a row in the audit and events. The API and the pages both come here.</summary>
public sealed class HoldActions(ServiceCatalog services, DatabaseWriter writer, AuditLog audit, EventLog events, TimeProvider time)
{
    /// <summary>How long a reason may be, in characters.</summary>
    public const int LongestReason = 500;

    /// <summary>Places a hold. The same hold again, of the same owner, changes nothing.</summary>
    /// <exception cref="ApiException">The request is wrong (400), there is no such place (404), the caller may not (403), or another hold stands there (409).</exception>
    public async Task<HoldView> PlaceAsync(HoldRequest request, Caller caller, CancellationToken token)
    {
        var (service, environment, reason) = (request.Service, request.Environment, request.Reason?.Trim() ?? "");
        RequirePlace(service, environment);
        caller.RequireMayHold(service, environment);
        if (reason.Length is 0 or > LongestReason)
            throw new ApiException(400, ProblemCodes.InvalidRequest, $"The reason must have 1 to {LongestReason} characters.", "Say why: everybody who is refused reads it.");
        if (request.Until <= time.GetUtcNow())
            throw new ApiException(400, ProblemCodes.InvalidRequest, $"{request.Until:u} has passed.", "Give a time in the future, or none for a hold that stands until it is lifted.");
        var concerned = await FindConcernedAsync(service, environment, token);
        if (concerned.Count == 0) throw await NoPlaceAsync(service, environment, token);
        return await writer.WriteAsync(
            context =>
            {
                var now = time.GetUtcNow();
                var row = context.Find<HoldRow>(service ?? "", environment ?? "");
                if (row is not null && row.StandsAt(now)) return IsSame(row, reason, caller, request.Until) ? row.ToView() : throw Taken(row);
                row ??= context.Add(new HoldRow { Service = service ?? "", Environment = environment ?? "", Reason = reason, Owner = caller.Name }).Entity;
                (row.Reason, row.Owner, row.Since, row.Until) = (reason, caller.Name, now, request.Until?.ToUniversalTime());
                var hold = row.ToView();
                Tell(context, EventTypes.HoldPlaced, HoldWords.Describe(hold), hold, caller, concerned);
                return hold;
            },
            token);
    }

    /// <summary>Lifts a hold.</summary>
    /// <exception cref="ApiException">The request is wrong (400), the caller may not (403), or no manual hold stands just there (404).</exception>
    public async Task LiftAsync(string? service, string? environment, Caller caller, CancellationToken token)
    {
        RequirePlace(service, environment);
        caller.RequireMayHold(service, environment);
        var concerned = await FindConcernedAsync(service, environment, token);
        await writer.WriteAsync(
            context =>
            {
                if (context.Find<HoldRow>(service ?? "", environment ?? "") is not { } row || !row.StandsAt(time.GetUtcNow()))
                {
                    throw new ApiException(
                        404, ProblemCodes.NotFound, $"No hold stands on {HoldWords.Place(service, environment)} itself.",
                        "See 'wheelhouse holds' for those that stand. A freeze window is changed in the service's document.");
                }

                context.Remove(row);
                var hold = row.ToView();
                Tell(context, EventTypes.HoldLifted, $"{caller.Name} lifted the hold: {HoldWords.Describe(hold)}", hold, caller, concerned);
            },
            token);
    }

    private static void RequirePlace(string? service, string? environment)
    {
        if (service is not "" && environment is not "" && (service ?? environment) is not null) return;
        throw new ApiException(400, ProblemCodes.InvalidRequest, "A hold needs a service, an environment or both.", "Leave out only one of them.");
    }

    private static bool IsSame(HoldRow row, string reason, Caller caller, DateTimeOffset? until) =>
        row.Reason == reason && row.Owner == caller.Name && row.Until == until;

    private static ApiException Taken(HoldRow row) =>
        new(409, ProblemCodes.Held, $"{HoldWords.Describe(row.ToView())}.", "Lift that hold first, then place yours.");

    /// <summary>The services that have the place.</summary>
    private async Task<IReadOnlyList<string>> FindConcernedAsync(string? service, string? environment, CancellationToken token) =>
        [.. (await services.ListAsync(token))
            .Where(one => service is null || one.Name == service)
            .Where(one => environment is null || one.Document?.Find(environment) is not null)
            .Select(one => one.Name)];

    private async Task<ApiException> NoPlaceAsync(string? service, string? environment, CancellationToken token)
    {
        if (service is null) return new ApiException(404, ProblemCodes.NotFound, $"No service has an environment '{environment}'.", "See 'wheelhouse services' for the environments.");
        if (environment is not null) await services.RequireAsync(service, environment, token);
        return ServiceCatalog.NoService(service);
    }

    /// <summary>An event for each service, so that those who follow one are told.</summary>
    private void Tell(WheelhouseContext context, string type, string message, HoldView hold, Caller caller, IReadOnlyList<string> concerned)
    {
        audit.Record(context, caller.Name, type, $"{hold.Service ?? "*"}/{hold.Environment ?? "*"}", message);
        foreach (var service in concerned)
        {
            events.Record(context, new NewEvent(type, message)
            {
                Service = service,
                Environment = hold.Environment,
                Data = new { by = caller.Name, hold.Reason, hold.Until },
            });
        }
    }
}
