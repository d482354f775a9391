using Wheelhouse.Contracts.Index;

namespace Wheelhouse.Server.Web.Packages;

/// <summary>What the index has.</summary>
/// <param name="Projects">Its projects, by name.</param>
/// <param name="Services">The services that the person may see, by the project that each installs.</param>
/// <param name="Address">The server's address for people, without a slash at its end.</param>
public sealed record PackagesModel(IReadOnlyList<ProjectView> Projects, IReadOnlyDictionary<string, IReadOnlyList<string>> Services, string Address);
