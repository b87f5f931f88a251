using ShopSession.E2E.Tests.Browsers;
using ShopSession.E2E.Tests.Running;

namespace ShopSession.E2E.Tests.Journeys;

/// <summary>The core journeys on a real redis-server.</summary>
[Collection(RedisShop.Collection)]
public sealed class CoreJourneysOnRedis(RedisShop running, BrowserFixture browser) : CoreJourneys(running, browser);

/// <summary>The core journeys on the embedded store, and on a domain that is not the default.</summary>
[Collection(EmbeddedShop.Collection)]
public sealed class CoreJourneysOnTheEmbeddedStore(EmbeddedShop running, BrowserFixture browser) : CoreJourneys(running, browser);
