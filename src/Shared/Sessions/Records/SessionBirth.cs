using System.Buffers.Binary;

namespace ShopSession.Sessions;

/// <summary>
/// What is fixed when a session begins. Written once, never by a delta: a record without it is not a session, so a write that comes after
/// the end leaves a fragment that nobody accepts.
/// </summary>
/// <param name="CreatedAt">When the session began.</param>
/// <param name="AbsoluteEnd">When it ends, however much it is used.</param>
/// <param name="IdleTimeout">How long it may lie unused; whole seconds.</param>
/// <param name="IsPersistent">Whether the cookie outlives the browser ("remember me").</param>
/// <param name="Ordinal">The sign-in's number among those of its user, the order in which a limit ends sessions; 0 for anonymous.</param>
public sealed record SessionBirth(DateTimeOffset CreatedAt, DateTimeOffset AbsoluteEnd, TimeSpan IdleTimeout, bool IsPersistent, long Ordinal)
{
    /// <summary>The version of the payload that this build writes. It reads this one and all before it.</summary>
    public const byte PayloadVersion = 1;

    // 0: version · 1: flags · 2…9: created, Unix ms · 10…17: absolute end, Unix ms · 18…21: idle, s · 22…29: ordinal; little endian.
    // A later version may append or use more flags: readers ignore that, and write it again with what they read.
    private const int Length = 30;
    private const byte PersistentFlag = 1;

    /// <summary>When the session ends if it was last used at <paramref name="lastSeen"/>: idle, cut by the absolute end.</summary>
    public DateTimeOffset ExpiresAt(DateTimeOffset lastSeen)
    {
        var idleEnd = lastSeen + IdleTimeout;
        return idleEnd < AbsoluteEnd ? idleEnd : AbsoluteEnd;
    }

    /// <summary>The beginning of a guest's session.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="now">The time by the store's clock.</param>
    public static SessionBirth OfGuest(SharedSessionOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new SessionBirth(now, now + options.AnonymousAbsoluteTimeout, options.AnonymousTimeout, options.RememberGuests, Ordinal: 0);
    }

    /// <summary>The beginning of a signed-in session.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="now">The time by the store's clock.</param>
    /// <param name="createdAt">When the user's session began that this one replaces; else <paramref name="now"/>.</param>
    /// <param name="isPersistent">Whether the user asked to be remembered.</param>
    /// <param name="ordinal">The sign-in's number among those of its user.</param>
    public static SessionBirth OfLogin(SharedSessionOptions options, DateTimeOffset now, DateTimeOffset createdAt, bool isPersistent, long ordinal)
    {
        ArgumentNullException.ThrowIfNull(options);
        var (absolute, idle) = isPersistent ? (options.RememberMeTimeout, options.RememberMeTimeout) : (options.AbsoluteTimeout, options.IdleTimeout);
        return new SessionBirth(createdAt, now + absolute, idle, isPersistent, ordinal);
    }

    /// <summary>The bytes that this was read from, of whatever version.</summary>
    private ReadOnlyMemory<byte> Source { get; init; }

    internal byte[] ToBytes()
    {
        var bytes = Source.IsEmpty ? new byte[Length] : Source.ToArray();
        if (Source.IsEmpty) bytes[0] = PayloadVersion;
        bytes[1] = (byte)(IsPersistent ? bytes[1] | PersistentFlag : bytes[1] & ~PersistentFlag);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(2), CreatedAt.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(10), AbsoluteEnd.ToUnixTimeMilliseconds());
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(18), (int)IdleTimeout.TotalSeconds);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(22), Ordinal);
        return bytes;
    }

    internal static SessionBirth? FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Length || bytes[0] == 0) return null;
        var created = BinaryPrimitives.ReadInt64LittleEndian(bytes[2..]);
        var end = BinaryPrimitives.ReadInt64LittleEndian(bytes[10..]);
        var idle = BinaryPrimitives.ReadInt32LittleEndian(bytes[18..]);
        // Bounds of DateTimeOffset: a record that was tampered with is no session, never an exception.
        if (created is < 0 or > MaxUnixMilliseconds || end is < 0 or > MaxUnixMilliseconds || idle <= 0) return null;
        return new SessionBirth(
            DateTimeOffset.FromUnixTimeMilliseconds(created),
            DateTimeOffset.FromUnixTimeMilliseconds(end),
            TimeSpan.FromSeconds(idle),
            (bytes[1] & PersistentFlag) != 0,
            BinaryPrimitives.ReadInt64LittleEndian(bytes[22..]))
        {
            Source = bytes.ToArray(),
        };
    }

    private const long MaxUnixMilliseconds = 253_402_300_799_999;
}
