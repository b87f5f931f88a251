namespace ShopSession.Promises.Bench.Shops;

/// <summary>One process of a service, at its own address.</summary>
internal sealed record ShopReplica(string Service, string Name, Uri Address);
