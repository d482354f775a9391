using Wheelhouse.Contracts.Services;

namespace Wheelhouse.Server.Web.Documents;

/// <summary>One revision of a document, beside another one.</summary>
/// <param name="Shown">The revision.</param>
/// <param name="Other">What it is compared with; null for the first one.</param>
/// <param name="Newest">The number of the newest.</param>
public sealed record RevisionModel(ServiceRevisionView Shown, ServiceRevisionView? Other, int Newest)
{
    /// <summary>The older one of both.</summary>
    public ServiceRevisionView? Older => Other is null || Other.Number < Shown.Number ? Other : Shown;

    /// <summary>The newer one of both.</summary>
    public ServiceRevisionView Newer => Other is null || Other.Number < Shown.Number ? Shown : Other;
}
