namespace Wheelhouse.Server.Nodes;

/// <summary>Where one service and environment live on a node.</summary>
/// <param name="Service">The service's name.</param>
/// <param name="Environment">The environment's name.</param>
/// <param name="Root">The absolute path of the directory that holds <c>releases/</c> and <c>current</c>.</param>
/// <param name="User">The service user; null when it is the login user.</param>
[GenerateSerializer]
public sealed record NodeHome(
    [property: Id(0)] string Service,
    [property: Id(1)] string Environment,
    [property: Id(2)] string Root,
    [property: Id(3)] string? User);
