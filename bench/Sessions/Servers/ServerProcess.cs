using System.Diagnostics;

namespace ShopSession.Sessions.Bench.Servers;

/// <summary>A server in a process of its own.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Stack stack, Process process, Uri address)
    {
        Stack = stack;
        Address = address;
        _process = process;
    }

    public Stack Stack { get; }

    public Uri Address { get; }

    /// <summary>Starts it and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended at its start.</exception>
    public static async Task<ServerProcess> StartAsync(Stack stack, string redis)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // Started as `dotnet X.dll` or as its own program.
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Add(typeof(ServerProcess).Assembly.Location);
        foreach (var argument in new[] { "serve", stack.Name, redis }) start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
            if (line.StartsWith("listening ", StringComparison.Ordinal)) return new ServerProcess(stack, process, new Uri(line["listening ".Length..]));
        throw new InvalidOperationException($"The server '{stack.Name}' ended at its start; its reason is above.");
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
