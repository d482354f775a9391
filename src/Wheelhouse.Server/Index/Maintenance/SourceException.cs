namespace Wheelhouse.Server.Index.Maintenance;

/// <summary>A folder that was named to read from or write to is not what it must be; the message says why and what to do.</summary>
internal sealed class SourceException(string message, string fix) : Exception($"{message} Fix: {fix}");
