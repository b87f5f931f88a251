namespace ShopSession.Redis.Embedded.Tests.Limits;

/// <summary>Tests that measure memory run one after the other: each would see what the others use.</summary>
[CollectionDefinition(nameof(MemoryCollection))]
public sealed class MemoryCollection;
