using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;
using ShopSession.Sessions.Sealing;

namespace ShopSession.Sessions.Timeline;

/// <summary>An entry of a user's timeline as the store keeps it, before it is sealed.</summary>
/// <param name="At">When; whole seconds.</param>
/// <param name="Kind">What.</param>
/// <param name="Session">The session's handle; of a change of id the new one.</param>
/// <param name="Other">The handle before a change of id, or the session in which this one was ended.</param>
/// <param name="Actor">Who ended it.</param>
/// <param name="Name">The administrator's name.</param>
/// <param name="Device">The device at a sign-in.</param>
/// <remarks>
/// 0: format 1 · 1: kind · 2: actor or 0 · 3: 1 with another handle, else 0 · 4…7: Unix seconds, little endian · 8…23: handle · [24…39: other handle] · the rest: the
/// device (sign-in) or the name (UTF-8). Readers skip formats they do not know.
/// </remarks>
internal sealed record TimelineEntry(
    DateTimeOffset At,
    SessionEventKind Kind,
    SessionHandle Session,
    SessionHandle? Other = null,
    SessionActorKind? Actor = null,
    string Name = "",
    DeviceDescription? Device = null)
{
    private const byte Format = 1;
    private const int HandleLength = 16;
    private const int FixedLength = 8 + HandleLength;

    public static TimelineEntry SignedIn(DateTimeOffset at, SessionHandle session, DeviceDescription device) => new(at, SessionEventKind.SignedIn, session, Device: device);

    public static TimelineEntry SteppedUp(DateTimeOffset at, SessionHandle session, SessionHandle before, DeviceDescription device) =>
        new(at, SessionEventKind.SteppedUp, session, before, Device: device);

    public static TimelineEntry Rotated(DateTimeOffset at, SessionHandle session, SessionHandle before) => new(at, SessionEventKind.Rotated, session, before);

    public static TimelineEntry SignedOut(DateTimeOffset at, SessionHandle session) => new(at, SessionEventKind.SignedOut, session);

    public static TimelineEntry Expired(DateTimeOffset at, SessionHandle session) => new(at, SessionEventKind.Expired, session);

    public static TimelineEntry Revoked(DateTimeOffset at, SessionHandle session, SessionActor by) =>
        new(at, SessionEventKind.Revoked, session, by.Session, by.Kind, by.Name);

    public byte[] ToBytes()
    {
        byte[] tail = Device is not null ? Device.ToBytes() : Encoding.UTF8.GetBytes(Name);
        var length = FixedLength + (Other is null ? 0 : HandleLength);
        var bytes = new byte[length + tail.Length];
        bytes[0] = Format;
        bytes[1] = (byte)Kind;
        bytes[2] = (byte)(Actor ?? 0);
        bytes[3] = Other is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4), (uint)At.ToUnixTimeSeconds());
        Base64Url.TryDecodeFromChars(Session.Value, bytes.AsSpan(8, HandleLength), out _);
        if (Other is { } other) Base64Url.TryDecodeFromChars(other.Value, bytes.AsSpan(FixedLength, HandleLength), out _);
        tail.CopyTo(bytes.AsSpan(length));
        return bytes;
    }

    public static TimelineEntry? FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < FixedLength || bytes[0] != Format) return null;
        var kind = (SessionEventKind)bytes[1];
        var length = FixedLength + (bytes[3] == 0 ? 0 : HandleLength);
        if (bytes.Length < length) return null;
        var tail = bytes[length..];
        var isSignIn = kind is SessionEventKind.SignedIn or SessionEventKind.SteppedUp;
        return new TimelineEntry(
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..])),
            kind,
            Handle(bytes[8..]),
            bytes[3] == 0 ? null : Handle(bytes[FixedLength..]),
            bytes[2] == 0 ? null : (SessionActorKind)bytes[2],
            isSignIn ? "" : Encoding.UTF8.GetString(tail),
            isSignIn ? DeviceDescription.FromBytes(tail) : null);
    }

    private static SessionHandle Handle(ReadOnlySpan<byte> bytes) => new(Base64Url.EncodeToString(bytes[..HandleLength]));
}
