namespace SlmPlanner.Core;

/// <summary>
/// Input that a person can mend: the message names the file, line or field, the offending value and what is allowed.
/// Programs print the message alone and exit with 2.
/// </summary>
public sealed class InputException(string message, Exception? inner = null) : Exception(message, inner);
