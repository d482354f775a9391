namespace Wheelhouse.Server.Builds.Journal;

/// <summary>Somebody else works on this build now, or it has ended: whoever gets this stops at once and writes nothing more.</summary>
internal sealed class BuildFencedException(string message) : Exception(message);
