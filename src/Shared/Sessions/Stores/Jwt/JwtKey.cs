using System.Buffers.Text;
using System.Security.Cryptography;

namespace ShopSession.Sessions.Stores.Jwt;

/// <summary>A key pair on P-256 for ES256 (RFC 7518, section 3.4). Signing and verifying are safe for concurrent use: each call has an instance of its own.</summary>
/// <param name="Id">Its name in tokens and in the published set.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Pkcs8">The private key.</param>
internal sealed record JwtKey(string Id, DateTimeOffset CreatedAt, byte[] Pkcs8)
{
    public static JwtKey Create(string id, DateTimeOffset now)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new JwtKey(id, now, pair.ExportPkcs8PrivateKey());
    }

    public byte[] Sign(ReadOnlySpan<byte> data)
    {
        using var pair = Open();
        return pair.SignData(data, HashAlgorithmName.SHA256);
    }

    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        using var pair = Open();
        return pair.VerifyData(data, signature, HashAlgorithmName.SHA256);
    }

    /// <summary>The public half as a JSON Web Key (RFC 7517).</summary>
    public object ToJwk()
    {
        using var pair = Open();
        var point = pair.ExportParameters(includePrivateParameters: false).Q;
        return new { kty = "EC", crv = "P-256", use = "sig", alg = JwtToken.Algorithm, kid = Id, x = Base64Url.EncodeToString(point.X), y = Base64Url.EncodeToString(point.Y) };
    }

    private ECDsa Open()
    {
        var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(Pkcs8, out _);
        return pair;
    }
}
