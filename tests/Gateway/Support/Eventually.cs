using ShopSession.Testing;

namespace ShopSession.Gateway.Tests.Support;

internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static Task HoldsAsync(Func<bool> condition, string what) => Poll.UntilAsync(condition, Limit, what, TestContext.Current.CancellationToken);

    public static Task HoldsAsync(Func<Task<bool>> condition, string what) => Poll.UntilAsync(condition, Limit, what, TestContext.Current.CancellationToken);
}
