namespace ShopSession.Redis.Embedded.Tests.Differential.Scripts;

/// <summary>How long keys live.</summary>
internal static class ExpiryScript
{
    public const string Text =
        """
        SET k v
        TTL k
        PTTL k
        TTL nothing
        EXPIRETIME nothing
        PEXPIRETIME k
        EXPIRE k 100
        TTL k
        PTTL k
        EXPIRETIME k
        PEXPIRETIME k
        PERSIST k
        PERSIST k
        PERSIST nothing
        EXPIRE k 100 NX
        EXPIRE k 200 NX
        TTL k
        EXPIRE k 300 XX
        TTL k
        EXPIRE k 100 GT
        EXPIRE k 400 GT
        TTL k
        EXPIRE k 500 LT
        EXPIRE k 50 LT
        TTL k
        EXPIRE k 500 XX GT
        EXPIRE k 50 NX XX
        EXPIRE k 50 NX GT
        EXPIRE k 50 GT LT
        EXPIRE k 50 BOGUS
        EXPIRE k abc
        EXPIRE k 9223372036854775807
        EXPIRE k -9223372036854775808
        EXPIRE k 9223372036854775
        PEXPIRE k 9223372036854775807
        EXPIREAT k 9223372036854775807
        PERSIST k
        EXPIRE k 100 GT
        EXPIRE k 100 LT
        TTL k
        EXPIRE nothing 100
        EXPIRE k 0
        EXISTS k
        SET k v
        EXPIRE k -1
        EXISTS k
        SET k v
        EXPIREAT k {nows+100}
        TTL k
        EXPIREAT k 1
        EXISTS k
        SET k v
        PEXPIREAT k {now+100000}
        PTTL k
        PEXPIREAT k {now-1}
        EXISTS k
        SET k v
        PEXPIRE k 100000
        PTTL k
        SET k v2
        TTL k
        SET k v PXAT 9223372036854775807
        EXPIRETIME k
        PEXPIRETIME k
        SET k v PXAT 1
        EXISTS k
        """;
}
