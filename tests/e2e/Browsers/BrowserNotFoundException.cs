namespace ShopSession.E2E.Tests.Browsers;

internal sealed class BrowserNotFoundException(string message) : Exception(message);
