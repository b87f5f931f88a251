using System.Buffers;

namespace ShopSession.Redis;

/// <summary>The base of everything that this client throws about the store.</summary>
public abstract class RedisException(string message, Exception? innerException = null) : Exception(message, innerException);

/// <summary>The server answered with an error. The command had no effect, unless the server's documentation says otherwise.</summary>
public sealed class RedisServerException(string message) : RedisException(message)
{
    /// <summary>The error's first word, for example <c>WRONGTYPE</c>, <c>OOM</c> or <c>ERR</c>.</summary>
    public string Code { get; } = message.Split(' ', 2)[0];

    /// <summary>The code as traces, metrics and logs may hold it: a script can answer with any word, also with one of its arguments.</summary>
    internal string ShownCode => Code.Length <= LongestCode && !Code.AsSpan().ContainsAnyExcept(Letters) ? Code : "ERR";

    private const int LongestCode = 32;
    private static readonly SearchValues<char> Letters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ_");
}

/// <summary>There is no connection, or it was lost before the command was sent: the command was certainly not executed.</summary>
public sealed class RedisUnavailableException(string message, Exception? innerException = null) : RedisException(message, innerException);

/// <summary>The command was sent and no answer came in time, or the connection broke: it may or may not have been executed.</summary>
public sealed class RedisOutcomeUnknownException(string message, Exception? innerException = null) : RedisException(message, innerException);

/// <summary>The peer does not speak RESP, or not as agreed. The connection is closed.</summary>
public sealed class RedisProtocolException(string message, Exception? innerException = null) : RedisException(message, innerException);
