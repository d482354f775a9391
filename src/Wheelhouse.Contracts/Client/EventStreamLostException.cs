namespace Wheelhouse.Contracts.Client;

/// <summary>The server stayed away for longer than <see cref="EventStreamOptions.ReconnectFor"/>. What it was doing may go on.</summary>
/// <param name="message">For how long, and why.</param>
/// <param name="last">What the last attempt met.</param>
public sealed class EventStreamLostException(string message, Exception? last) : Exception(message, last);
