namespace ShopSession.Redis.Embedded.Tests.Differential.Scripts;

/// <summary>Sets.</summary>
internal static class SetScript
{
    public const string Text =
        """
        SADD s a b c a
        SADD s c d
        SREM s d x
        SREM nothing a
        SMEMBERS s
        SMEMBERS nothing
        SISMEMBER s a
        SISMEMBER s x
        SISMEMBER nothing x
        SMISMEMBER s a x b
        SMISMEMBER nothing a
        SCARD s
        SCARD nothing
        SADD t b c e
        SINTER s t
        SINTER s nothing
        SINTER s
        SUNION s t nothing
        SDIFF s t
        SDIFF nothing s
        SDIFF s nothing
        SINTER
        SADD one x
        SRANDMEMBER one
        SRANDMEMBER one 5
        SRANDMEMBER one -3
        SRANDMEMBER one 0
        SRANDMEMBER one abc
        SRANDMEMBER one 1 2
        SRANDMEMBER nothing
        SRANDMEMBER nothing 5
        SPOP one
        EXISTS one
        SPOP one
        SPOP one 3
        SADD one x
        SPOP one 0
        SPOP one -1
        SPOP one abc
        SPOP one 1 2
        SPOP one 5
        EXISTS one
        SSCAN s 0 MATCH a
        SSCAN nothing 0
        SSCAN s 0 COUNT -1
        SET str x
        SADD str a
        SREM str a
        SMEMBERS str
        SISMEMBER str a
        SPOP str
        SRANDMEMBER str 2
        SINTER str s
        SUNION s str
        SDIFF s str
        SINTER nothing str
        SADD ints 1 2 3
        OBJECT ENCODING ints
        SADD ints x
        OBJECT ENCODING ints
        SREM s a b c
        EXISTS s
        """;
}
