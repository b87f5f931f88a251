namespace ShopSession.Promises.Bench.Shops;

/// <summary>A promise could not be tried: something that every trial needs did not work.</summary>
internal sealed class TrialException(string message) : Exception(message);
