using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ShopSession.Data;

/// <summary>
/// Stores an instant in SQLite as microseconds since 1970 UTC: a number that sorts, compares and indexes, which the provider's text with an offset
/// does not. Microseconds are also PostgreSQL's precision, so both keep the same value. The offset is not kept: read values are UTC.
/// </summary>
public sealed class UtcInstantConverter() : ValueConverter<DateTimeOffset, long>(instant => ToMicroseconds(instant), stored => FromMicroseconds(stored))
{
    private static long ToMicroseconds(DateTimeOffset instant) => (instant.UtcTicks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static DateTimeOffset FromMicroseconds(long stored) => new(DateTime.UnixEpoch.Ticks + stored * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);
}

/// <summary>Hands instants to PostgreSQL in UTC; its <c>timestamp with time zone</c> takes no other offset.</summary>
public sealed class UtcOffsetConverter() : ValueConverter<DateTimeOffset, DateTimeOffset>(instant => instant.ToUniversalTime(), stored => stored.ToUniversalTime());
