using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace ShopSession.Redis;

/// <summary>A Lua script, sent by its digest. Make it once and keep it. Not every server that speaks RESP runs scripts.</summary>
public sealed class RedisScript
{
    /// <summary>Takes the script's text.</summary>
    public RedisScript(string source)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        Source = source;
        Digest = ComputeDigest(source);
    }

    /// <summary>The text.</summary>
    public string Source { get; }

    /// <summary>The SHA-1 of the text in lower-case hexadecimal, by which servers name scripts.</summary>
    public string Digest { get; }

    internal RedisCommand ByDigest(ReadOnlySpan<RedisKey> keys, ReadOnlySpan<RedisArgument> arguments) => Make("EVALSHA", Digest, keys, arguments);

    internal RedisCommand BySource(ReadOnlySpan<RedisKey> keys, ReadOnlySpan<RedisArgument> arguments) => Make("EVAL", Source, keys, arguments);

    private static RedisCommand Make(string name, string script, ReadOnlySpan<RedisKey> keys, ReadOnlySpan<RedisArgument> arguments)
    {
        var all = new RedisArgument[2 + keys.Length + arguments.Length];
        all[0] = script;
        all[1] = (long)keys.Length;
        for (var i = 0; i < keys.Length; i++) all[2 + i] = keys[i];
        arguments.CopyTo(all.AsSpan(2 + keys.Length));
        return new RedisCommand(name, all);
    }

    [SuppressMessage("Security", "CA5350", Justification = "The protocol names scripts by SHA-1; nothing is protected by it.")]
    private static string ComputeDigest(string source) => Convert.ToHexStringLower(SHA1.HashData(Encoding.UTF8.GetBytes(source)));
}
