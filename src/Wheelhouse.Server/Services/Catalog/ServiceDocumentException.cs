using Wheelhouse.Contracts.Errors;

namespace Wheelhouse.Server.Services.Catalog;

/// <summary>A stored document that this server does not accept any more, for example because an inventory provider was removed.</summary>
public sealed class ServiceDocumentException(string service, int revision, IReadOnlyList<DocumentError> errors) : Exception(
    $"Revision {revision} of the service '{service}' is not valid for this server: line {errors[0].Line}, {errors[0].Field}: {errors[0].Message}")
{
    /// <summary>Every error, with its place in that revision.</summary>
    public IReadOnlyList<DocumentError> Errors { get; } = errors;

    /// <summary>What to do about it.</summary>
    public string Fix { get; } = $"Correct the document of '{service}' and apply it again.";
}
