namespace ShopSession.Lab.Bench.Running;

/// <summary>A cell cannot be measured; the message says why.</summary>
internal sealed class LabException(string message) : Exception(message);
