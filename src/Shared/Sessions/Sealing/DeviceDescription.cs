using System.Net;
using System.Text;

namespace ShopSession.Sessions.Sealing;

/// <summary>What a device list shows of a client: its User-Agent and address, in a compact binary form.</summary>
/// <param name="UserAgent">At most <see cref="MaxUserAgent"/> characters.</param>
/// <param name="Address">The address as text.</param>
/// <remarks>0: the address's length (4 or 16: the address's bytes; else text) · the address · the User-Agent as <see cref="UserAgentPacking"/> makes it.</remarks>
internal sealed record DeviceDescription(string UserAgent, string Address)
{
    public const int MaxUserAgent = 256;

    private const int MaxAddress = 64;

    // Lengths of texts are shifted by this, so that they never equal that of a binary address.
    private const int TextOffset = 32;

    public static readonly DeviceDescription Unknown = new("", "");

    public static DeviceDescription Of(string userAgent, string address) => new(
        userAgent.Length > MaxUserAgent ? userAgent[..MaxUserAgent] : userAgent,
        address.Length > MaxAddress ? address[..MaxAddress] : address);

    public byte[] ToBytes()
    {
        var isPlain = IPAddress.TryParse(Address, out var parsed) && parsed.ToString() == Address && parsed.AddressFamily switch
        {
            System.Net.Sockets.AddressFamily.InterNetworkV6 => parsed.ScopeId == 0,
            _ => true,
        };
        var address = isPlain ? parsed!.GetAddressBytes() : Encoding.ASCII.GetBytes(Address);
        return [(byte)(isPlain ? address.Length : TextOffset + address.Length), .. address, .. UserAgentPacking.Pack(UserAgent)];
    }

    public static DeviceDescription FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return Unknown;
        var isPlain = bytes[0] is 4 or 16;
        var length = isPlain ? bytes[0] : bytes[0] - TextOffset;
        if (length < 0 || bytes.Length < 1 + length) return Unknown;
        var address = bytes.Slice(1, length);
        return new DeviceDescription(UserAgentPacking.Unpack(bytes[(1 + length)..]), isPlain ? new IPAddress(address).ToString() : Encoding.ASCII.GetString(address));
    }
}
