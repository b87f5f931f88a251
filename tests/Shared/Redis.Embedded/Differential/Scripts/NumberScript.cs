namespace ShopSession.Redis.Embedded.Tests.Differential.Scripts;

/// <summary>Counting in strings.</summary>
internal static class NumberScript
{
    public const string Text =
        """
        INCR n
        INCR n
        DECR n
        INCRBY n 10
        DECRBY n 3
        INCRBY n abc
        INCRBY n 1.5
        DECRBY n -9223372036854775808
        SET big 9223372036854775807
        INCR big
        SET small -9223372036854775808
        DECR small
        INCRBY small -1
        SET text abc
        INCR text
        SET padded " 1"
        INCR padded
        SET plus +1
        INCR plus
        SET zeros 01
        INCR zeros
        SET minus0 -0
        INCR minus0
        SET empty ""
        INCR empty
        SET keeps 1 EX 100
        INCR keeps
        TTL keeps
        INCRBYFLOAT f 0.1
        INCRBYFLOAT f 0.2
        INCRBYFLOAT f 1e3
        INCRBYFLOAT f -5.5e-3
        INCRBYFLOAT f 3
        INCRBYFLOAT f abc
        INCRBYFLOAT f ""
        INCRBYFLOAT f " 1"
        INCRBYFLOAT f "1 "
        INCRBYFLOAT f inf
        INCRBYFLOAT f nan
        INCRBYFLOAT text 1
        SET third 10
        INCRBYFLOAT third 0.33333333333333333333
        INCRBYFLOAT third 1e17
        INCRBYFLOAT third -1e17
        INCRBYFLOAT third 123456789.987654321
        INCRBYFLOAT keeps 1.5
        TTL keeps
        SET pi 3.0e3
        INCRBYFLOAT pi 200
        INCRBYFLOAT tiny 1e-20
        INCRBYFLOAT tiny 0.00000000000000001
        INCRBYFLOAT neg -1
        INCRBYFLOAT neg 1
        INCRBYFLOAT neg2 -0.00000000000000000001
        INCRBYFLOAT least 1e-5000
        INCRBYFLOAT least -1e-4960
        INCRBYFLOAT least 1e-4900
        INCRBYFLOAT least 0e-5000
        HINCRBYFLOAT hleast f 1e-5000
        LPUSH l x
        INCR l
        INCRBYFLOAT l 1
        """;
}
