using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ShopSession.Auth.Tests.Passkeys;

/// <summary>An authenticator with one passkey (ES256) and the browser in front of it, which says whatever a test wants (WebAuthn 3, 6.1 and 6.5).</summary>
internal sealed class SoftwareAuthenticator : IDisposable
{
    public const string Origin = "http://auth.shop.localhost:8080";

    private const byte UserPresent = 0x01;
    private const byte UserVerified = 0x04;
    private const byte HasCredential = 0x40;

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public byte[] CredentialId { get; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>What the shop calls the user, from <see cref="Create"/>.</summary>
    public string UserHandle { get; set; } = "";

    /// <summary>0: this one does not count.</summary>
    public uint SignCount { get; set; }

    public string SaidOrigin { get; set; } = Origin;

    public string? SaidDomain { get; set; }

    public bool KnewItsUser { get; set; } = true;

    /// <summary>What <c>navigator.credentials.create</c> answers.</summary>
    public object Create(JsonElement options)
    {
        UserHandle = options.GetProperty("user").GetProperty("id").GetString()!;
        var attestation = new CborWriter();
        attestation.WriteStartMap(3);
        attestation.WriteTextString("fmt");
        attestation.WriteTextString("none");
        attestation.WriteTextString("attStmt");
        attestation.WriteStartMap(0);
        attestation.WriteEndMap();
        attestation.WriteTextString("authData");
        attestation.WriteByteString([.. Data(options.GetProperty("rp").GetProperty("id").GetString()!, HasCredential), .. Credential()]);
        attestation.WriteEndMap();
        return Answer(new { clientDataJSON = Text(ClientData("webauthn.create", options)), attestationObject = Text(attestation.Encode()), transports = (string[])["internal"] });
    }

    /// <summary>What <c>navigator.credentials.get</c> answers.</summary>
    public object Get(JsonElement options)
    {
        var client = ClientData("webauthn.get", options);
        var data = Data(options.GetProperty("rpId").GetString()!, 0);
        var signature = _key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Answer(new { clientDataJSON = Text(client), authenticatorData = Text(data), signature = Text(signature), userHandle = UserHandle });
    }

    public void Dispose() => _key.Dispose();

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private object Answer(object response) =>
        new { id = Text(CredentialId), rawId = Text(CredentialId), type = "public-key", authenticatorAttachment = "platform", clientExtensionResults = new { }, response };

    private byte[] ClientData(string type, JsonElement options) =>
        JsonSerializer.SerializeToUtf8Bytes(new { type, challenge = options.GetProperty("challenge").GetString(), origin = SaidOrigin, crossOrigin = false });

    private byte[] Data(string domain, byte flags)
    {
        var count = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(count, SignCount);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(SaidDomain ?? domain)), (byte)(flags | UserPresent | (KnewItsUser ? UserVerified : 0)), .. count];
    }

    private byte[] Credential()
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)CredentialId.Length);
        return [.. new byte[16], .. length, .. CredentialId, .. PublicKey()];
    }

    // COSE, RFC 9053: key type EC2, algorithm ES256, curve P-256, x, y.
    private byte[] PublicKey()
    {
        var point = _key.ExportParameters(includePrivateParameters: false).Q;
        var cose = new CborWriter();
        cose.WriteStartMap(5);
        foreach (var (label, value) in ((int, int)[])[(1, 2), (3, -7), (-1, 1)])
        {
            cose.WriteInt32(label);
            cose.WriteInt32(value);
        }

        cose.WriteInt32(-2);
        cose.WriteByteString(point.X!);
        cose.WriteInt32(-3);
        cose.WriteByteString(point.Y!);
        cose.WriteEndMap();
        return cose.Encode();
    }
}
