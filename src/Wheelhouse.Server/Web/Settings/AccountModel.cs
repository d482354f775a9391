using Wheelhouse.Contracts.Access;
using Wheelhouse.Server.Access;

namespace Wheelhouse.Server.Web.Settings;

/// <summary>One's own account.</summary>
/// <param name="Account">Who is signed in.</param>
/// <param name="Sessions">The own sessions.</param>
public sealed record AccountModel(Caller Account, IReadOnlyList<SessionView> Sessions);
