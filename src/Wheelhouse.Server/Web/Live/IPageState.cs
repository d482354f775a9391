using Wheelhouse.Server.Hosting.Http;

namespace Wheelhouse.Server.Web.Live;

/// <summary>How far a page is.</summary>
public interface IPageState
{
    /// <summary>Whether there is something to show.</summary>
    bool IsLoaded { get; }

    /// <summary>Why it could not be read, or null.</summary>
    ApiException? Problem { get; }
}
