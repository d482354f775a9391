using Wheelhouse.Contracts.Errors;
using Wheelhouse.Server.Services.Document;

namespace Wheelhouse.Server.Services.Catalog;

/// <summary>A service as far as its stored document can be read.</summary>
/// <param name="Name">The service's name.</param>
/// <param name="Revision">The number of the newest revision, from 1.</param>
/// <param name="Document">What that says; null when it is not valid for this server any more.</param>
/// <param name="Errors">Why it is not, every error; empty when it is valid.</param>
public sealed record ListedService(string Name, int Revision, ServiceDocument? Document, IReadOnlyList<DocumentError> Errors);
