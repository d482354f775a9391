namespace Wheelhouse.Server.Rollouts.Journal;

/// <summary>Somebody else may act on this service and environment now: whoever gets this stops at once and writes nothing more.</summary>
public sealed class FencedException(string message) : Exception(message);
