namespace Wheelhouse.Server.Inventory.Consul;

/// <summary>Builds the requests; see https://developer.hashicorp.com/consul/api-docs/catalog and …/health.</summary>
internal static class ConsulQuery
{
    /// <summary>The URL of a query.</summary>
    /// <param name="options">The query.</param>
    /// <param name="blocking">What is added to wait for a change, such as <c>("index", "7")</c>.</param>
    public static Uri Build(ConsulOptions options, params IEnumerable<(string Key, string? Value)> blocking)
    {
        var endpoint = options.Health is null ? "catalog" : "health";
        (string Key, string? Value)[] parameters =
        [
            ("passing", options.Health is "passing" ? "true" : null),
            ("dc", options.Datacenter),
            ("ns", options.Namespace),
            ("near", options.Near),
            ("filter", Filter(options)),
            .. blocking,
        ];
        var query = string.Join('&', parameters.Where(one => one.Value is not null).Select(one => $"{one.Key}={Uri.EscapeDataString(one.Value!)}"));
        return new Uri($"{options.Url.TrimEnd('/')}/v1/{endpoint}/service/{Uri.EscapeDataString(options.Service)}{(query.Length > 0 ? "?" + query : "")}");
    }

    /// <summary>Tags are part of the filter, since Consul announces to remove the parameter <c>tag</c>: one that is ignored would find more nodes.</summary>
    private static string? Filter(ConsulOptions options)
    {
        var tags = options.Health is null ? "ServiceTags" : "Service.Tags";
        if (options.Tags.Count == 0) return options.Filter;
        var conditions = options.Tags.Select(tag => $"\"{tag}\" in {tags}");
        return string.Join(" and ", options.Filter is { } filter ? conditions.Append($"({filter})") : conditions);
    }
}
