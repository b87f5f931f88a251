namespace ShopSession.Redis;

/// <summary>
/// The one place where a caller waits for the store with its thread: interfaces of the framework that are synchronous by contract
/// (<c>IXmlRepository</c>, the synchronous half of <c>IDistributedCache</c>). The work runs on the thread pool, away from any
/// synchronisation context, and ends with the client's time limit.
/// </summary>
internal static class BlockingCall
{
    public static T Run<T>(Func<Task<T>> call) => Task.Run(call).GetAwaiter().GetResult();

    public static void Run(Func<Task> call) => Task.Run(call).GetAwaiter().GetResult();
}
