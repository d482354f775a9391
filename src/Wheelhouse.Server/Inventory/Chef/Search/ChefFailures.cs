using System.Net;
using Wheelhouse.Server.Inventory.Asking;
using Wheelhouse.Server.Inventory.Chef.Settings;
using Wheelhouse.Server.Inventory.Chef.Signing;

namespace Wheelhouse.Server.Inventory.Chef.Search;

/// <summary>Says what a refusal means and what to do; the status codes are those of the Chef Infra Server API.</summary>
internal static class ChefFailures
{
    /// <summary>Servers take a request for 15 minutes; clocks that are further apart than this are worth a word.</summary>
    private static readonly TimeSpan MostSkew = TimeSpan.FromMinutes(10);

    /// <summary>Explains an answer other than 200.</summary>
    public static InventoryException Explain(ChefAccount account, InventoryReply reply, DateTimeOffset now) => reply.Status switch
    {
        HttpStatusCode.Unauthorized when reply.Headers.Date is { } date && (date - now).Duration() > MostSkew => reply.Refuse(
            $"refused the signature: the Chef server's clock says {date:u} and this server's {now:u}, {(date - now).Duration().TotalMinutes:0} minutes apart",
            "Set both clocks by NTP; Chef allows 15 minutes."),
        HttpStatusCode.Unauthorized => reply.Refuse(
            $"does not know '{account.Client}' by its key",
            $"Check the name, and that the Chef server has the public half of this very key. Requests are signed with protocol {account.Protocol.Version}."),
        HttpStatusCode.Forbidden => reply.Refuse(
            $"does not let '{account.Client}' search for nodes", "Give it the permission to read nodes, or ask as another client; a validator may not search."),
        HttpStatusCode.NotFound => reply.Refuse("knows no such organisation", "Correct the URL: https://HOST/organizations/NAME."),
        HttpStatusCode.BadRequest => reply.Refuse("does not understand the search", "Correct the query; 'knife search node QUERY' takes the same."),
        HttpStatusCode.NotAcceptable => reply.Refuse($"does not speak version {SigningProtocol.ApiVersion} of Chef's API", "Use a Chef Infra Server 12 or newer."),
        >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => reply.Refuse(
            $"redirects to {reply.Headers.Location?.OriginalString ?? "nowhere"}, but a signature is good for one address", "Write the URL to which it leads."),
        var status => reply.Refuse($"answered with status {(int)status}", "See the Chef server's own log."),
    };
}
