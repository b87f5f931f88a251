using ShopSession.Redis;
using ShopSession.Sessions.KeyRing;
using ShopSession.Sessions.Sealing;

namespace ShopSession.Sessions.Stores.Redis;

/// <summary>The field that keeps a session's device, in the form of the payload version in force; both forms are read. Safe for concurrent use.</summary>
internal sealed class RedisDeviceField(DeviceProtector protector, int payloadVersion)
{
    public void Add(List<RedisArgument> fields, UserSeal seal, SessionHandle session, DeviceDescription device)
    {
        fields.Add(SessionFields.Device);
        fields.Add(payloadVersion < 2 ? protector.Protect(device.UserAgent, device.Address) : seal.SealDevice(session, device.ToBytes()));
    }

    /// <summary>An unknown device when it does not open: a list with a nameless device beats none.</summary>
    public DeviceDescription Read(ReadOnlyMemory<byte>? field, UserSeal seal, SessionHandle session)
    {
        if (field is not { } bytes) return DeviceDescription.Unknown;
        if (seal.OpenDevice(session, bytes.Span) is { } plain) return DeviceDescription.FromBytes(plain);
        var (agent, address) = protector.Unprotect(bytes);
        return DeviceDescription.Of(agent, address);
    }
}
