using System.Net;
using System.Net.Sockets;
using System.Text;
using ShopSession.Redis.Protocol;

namespace ShopSession.Redis.Tests;

/// <summary>A server that answers as the test says, to put a client into situations that a real one brings about only by chance.</summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string[], string?> _answer;
    private readonly List<Task> _serving = [];
    private readonly Task _accepting;

    /// <summary>Starts serving.</summary>
    /// <param name="answer">Takes a command and returns the bytes (Latin-1) to answer; null leaves it to the defaults of a RESP3 server.</param>
    public ScriptedServer(Func<string[], string?> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string ConnectionString => $"127.0.0.1:{Port}";

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_serving);
        _stop.Dispose();
    }

    private static string Default(string[] command) => command[0] switch
    {
        "HELLO" => "%1\r\n+proto\r\n:3\r\n",
        "PING" => "+PONG\r\n",
        _ => "+OK\r\n",
    };

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _serving.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            // The end of the test.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var owned = socket;
        socket.NoDelay = true;
        var parser = new RespParser(new RespLimits());
        var (buffer, used) = (new byte[1 << 20], 0);
        try
        {
            while (true)
            {
                var count = await socket.ReceiveAsync(buffer.AsMemory(used), _stop.Token);
                if (count == 0) return;
                (var answers, used) = Answer(parser, buffer, used + count);
                if (answers.Length > 0) await socket.SendAsync(Encoding.Latin1.GetBytes(answers), _stop.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The client has gone, or the test has ended.
        }
    }

    private (string Answers, int Kept) Answer(RespParser parser, byte[] buffer, int length)
    {
        ReadOnlySpan<byte> input = buffer.AsSpan(0, length);
        var answers = new StringBuilder();
        while (parser.TryRead(ref input, out var command, out _))
        {
            var words = command.Items.Select(item => item.AsString()!).ToArray();
            answers.Append(_answer(words) ?? Default(words));
        }

        input.CopyTo(buffer);
        return (answers.ToString(), input.Length);
    }
}
