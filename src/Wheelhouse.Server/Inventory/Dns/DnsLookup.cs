using System.Net;
using DnsClient;
using DnsClient.Protocol;

namespace Wheelhouse.Server.Inventory.Dns;

/// <summary>Asks DNS, over UDP and then over TCP when the reply is too long for it. Nothing is kept: what is asked is answered anew.</summary>
internal sealed class DnsLookup
{
    private const string Fix = "Ask for the same on the server (dig), and correct the name in the document, the records, or the server that is asked.";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly LookupClient _client;
    private readonly string _servers;

    /// <summary>Prepares to ask.</summary>
    /// <param name="server">Who is asked; null for those that the system asks.</param>
    /// <exception cref="InventoryException">The system has none.</exception>
    public DnsLookup(IPEndPoint? server)
    {
        // Left to itself, the library would ask a public resolver when the system has none, and tell it names of machines.
        NameServer[] servers = server is null ? [.. NameServer.ResolveNameServers(skipIPv6SiteLocal: true, fallbackToGooglePublicDns: false)] : [new NameServer(server)];
        if (servers.Length == 0) throw new InventoryException("The server's system names no DNS server.", "Add one to /etc/resolv.conf, or the option server to the query.");
        _servers = string.Join(", ", servers.Select(each => $"{each}"));
        _client = new LookupClient(new LookupClientOptions(servers)
        {
            UseCache = false,
            UseTcpFallback = true,
            ContinueOnEmptyResponse = false,
            Retries = 1,
            Timeout = Patience,
        });
    }

    /// <summary>Asks for the records of a name; those of its canonical name when it is an alias.</summary>
    /// <returns>The records of the type, at least one.</returns>
    /// <exception cref="InventoryException">There is none, or no answer.</exception>
    public async Task<IReadOnlyList<DnsResourceRecord>> AskAsync(string name, QueryType type, CancellationToken cancellationToken)
    {
        var reply = await SendAsync(name, type, cancellationToken);
        if (reply.HasError)
            throw Failure(name, type, reply.Header.ResponseCode switch
            {
                DnsHeaderResponseCode.NotExistentDomain => "the name does not exist (NXDOMAIN)",
                DnsHeaderResponseCode.ServerFailure => "the server failed (SERVFAIL)",
                DnsHeaderResponseCode.Refused => "the server refuses to answer (REFUSED)",
                var code => $"the server answered with the error {(int)code} ({code})",
            });
        if (reply.Header.ResultTruncated) throw Failure(name, type, "the reply is cut off, over TCP too");
        List<DnsResourceRecord> records = [.. reply.Answers.Where(record => (int)record.RecordType == (int)type)];
        if (records.Count > 0) return records;
        throw Failure(name, type, reply.Answers.CnameRecords().LastOrDefault() is { } alias
            ? $"it is an alias of {alias.CanonicalName}, of which no such record came"
            : "there is no such record");
    }

    private async Task<IDnsQueryResponse> SendAsync(string name, QueryType type, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.QueryAsync(name, type, QueryClass.IN, cancellationToken);
        }
        catch (DnsResponseException e) when (e.Code == DnsResponseCode.ConnectionTimeout && !cancellationToken.IsCancellationRequested)
        {
            throw Failure(name, type, "no answer came in time");
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // What the library throws over bytes that are no reply is not documented, and nothing of it is our mistake.
            throw Failure(name, type, $"the reply cannot be read, or none came ({e.GetBaseException().Message.TrimEnd('.')})");
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private InventoryException Failure(string name, QueryType type, string what) => new($"{type} of {name}, asked of {_servers}: {what}.", Fix);
}
