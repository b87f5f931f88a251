using ShopSession.Testing;

namespace ShopSession.Lab.Tests;

/// <summary>Runs bench/Lab.</summary>
internal static class LabProcess
{
    public static Task<BenchProcess> RunAsync(params string[] arguments) => BenchProcess.RunAsync("ShopSession.Lab.Bench.dll", arguments, TestContext.Current.CancellationToken);
}
