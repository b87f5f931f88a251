namespace ShopSession.Redis.Embedded.Tests.Differential.Scripts;

/// <summary>Strings: whole, in parts, with conditions and expiries.</summary>
internal static class StringScript
{
    public const string Text =
        """
        GET nothing
        SET s hello
        GET s
        get S
        SET s "with space\r\n\x00\xff"
        GET s
        STRLEN s
        STRLEN nothing
        SET s 1 NX
        SET fresh 1 NX
        SET nothing 1 XX
        SET s 2 XX GET
        SET other 2 GET
        SET other 3 NX GET
        SET other 4 NX XX
        SET other 4 EX 100 PX 100
        SET other 4 EX 100 KEEPTTL
        SET other 4 EX 0
        SET other 4 EX -1
        SET other 4 EX abc
        SET other 4 EX 9223372036854775807
        SET other 4 PX 9223372036854775807
        SET other 4 EX
        SET other 4 BOGUS
        SET other 5 EX 100
        TTL other
        SET other 6 KEEPTTL
        TTL other
        SET other 7
        TTL other
        SET other 8 PXAT {now+50000}
        PTTL other
        SET other 8 EXAT {nows+50}
        TTL other
        PEXPIRETIME other
        EXPIRETIME other
        SET
        SET a
        SETNX nx 1
        SETNX nx 2
        SETEX ex 100 v
        TTL ex
        SETEX ex 0 v
        SETEX ex -5 v
        SETEX ex x v
        PSETEX ex 100000 v
        PTTL ex
        PSETEX ex 0 v
        GETSET gs 1
        GETSET gs 2
        GETDEL gs
        GETDEL gs
        SET ge v
        GETEX ge EX 100
        TTL ge
        GETEX ge PERSIST
        TTL ge
        GETEX ge PXAT {now-1000}
        GET ge
        SET ge v
        GETEX ge EX 10 PERSIST
        GETEX ge PERSIST EX 10
        GETEX ge NX
        GETEX ge EX 0
        GETEX nothing EX 100
        GETEX nothing EX 0
        MSET m1 a m2 b
        MSET m1 a m2
        MGET m1 m2 nothing h
        MSETNX m3 a m1 b
        MSETNX m3 a m4 b
        MSETNX m3
        APPEND ap abc
        APPEND ap def
        GET ap
        GETRANGE ap 0 -1
        GETRANGE ap -3 -1
        GETRANGE ap -1 -3
        GETRANGE ap 2 1
        GETRANGE ap 2 100
        GETRANGE ap -100 2
        GETRANGE ap 100 200
        GETRANGE ap a b
        GETRANGE nothing 0 1
        SUBSTR ap 1 2
        SETRANGE ap 2 XX
        GET ap
        SETRANGE ap 10 z
        GET ap
        SETRANGE nothing2 5 x
        GET nothing2
        SETRANGE nothing3 5 ""
        EXISTS nothing3
        SETRANGE ap -1 x
        SETRANGE ap 536870912 x
        SETRANGE ap abc x
        LPUSH list x
        GET list
        APPEND list x
        STRLEN list
        GETRANGE list 0 1
        SETRANGE list 0 x
        GETDEL list
        GETEX list
        GETSET list x
        SET list x GET
        SETEX list 100 x
        MGET list list2
        SET twice v EX 100 EX 200
        TTL twice
        SET twice v EX 100 PX 200
        SET twice v PXAT {now+50000} PXAT {now+90000} EX 5
        GETEX twice PX 100000 PX 900000
        PTTL twice
        GETEX twice EXAT {nows+100} EX 5
        SET twice v KEEPTTL KEEPTTL
        SET twice v KEEPTTL EX 5
        GETEX twice PERSIST PERSIST
        """;
}
