namespace Wheelhouse.Python;

/// <summary>Text that breaks one of Python's packaging standards. Its message names the bad part and the rule it breaks.</summary>
public sealed class PythonFormatException : FormatException
{
    /// <summary>Without a message of its own.</summary>
    public PythonFormatException() { }

    /// <param name="message">The bad part and the rule, in a sentence.</param>
    public PythonFormatException(string message) : base(message) { }

    /// <param name="message">The bad part and the rule, in a sentence.</param>
    /// <param name="innerException">What was found wrong inside that part.</param>
    public PythonFormatException(string message, Exception innerException) : base(message, innerException) { }
}
