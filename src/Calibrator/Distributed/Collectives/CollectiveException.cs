namespace SlmPlanner.Calibrator.Distributed.Collectives;

/// <summary>A communication library refused or failed; the message is the library's own.</summary>
internal sealed class CollectiveException(string message) : Exception(message);
