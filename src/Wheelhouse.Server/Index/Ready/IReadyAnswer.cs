namespace Wheelhouse.Server.Index.Ready;

/// <summary>An answer to GET and HEAD that needs nothing more from the database.</summary>
internal interface IReadyAnswer
{
    /// <summary>How much memory it takes, about, in bytes.</summary>
    long Size { get; }

    /// <summary>Answers a request: whole, in part, or with 304 or 412 when the request's conditions say so (RFC 9110).</summary>
    Task WriteAsync(HttpContext http);
}
