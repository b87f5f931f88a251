using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using ShopSession.Sessions;

namespace ShopSession.Web.Assets;

/// <summary>
/// An assembly with assets of its own: embedded files whose logical name is <c>assets/name.css</c>. Register one as a singleton to add
/// a service's stylesheet to the shop's.
/// </summary>
/// <param name="Assembly">The assembly.</param>
public sealed record ShopAssetSource(Assembly Assembly);

/// <summary>
/// The shop's stylesheet, scripts and icons. They are part of the assembly, so they are there however the service was started (build
/// output or publish, any environment), and their address carries a fingerprint of their content, so they may be cached for ever.
/// Safe for concurrent use.
/// </summary>
public sealed class ShopAssets
{
    private const string Prefix = "assets/";
    private const string Path = "/_shop/";

    private readonly FrozenDictionary<string, Asset> _byName;
    private readonly FrozenDictionary<string, Asset> _byFile;

    /// <summary>Reads the embedded files of the sources and compresses them once.</summary>
    public ShopAssets(IEnumerable<ShopAssetSource> sources)
    {
        ArgumentNullException.ThrowIfNull(sources);
        // "assets/shop.css/10-tokens.css" and its siblings are one asset, joined in the order of their names.
        var assets = sources.SelectMany(source => source.Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name => (source.Assembly, Name: name)))
            .GroupBy(file => file.Name.Split('/')[1])
            .Select(parts => new Asset(parts.Key, [.. parts.OrderBy(part => part.Name, StringComparer.Ordinal).SelectMany(part => Read(part.Assembly, part.Name))]))
            .ToList();
        _byName = assets.ToFrozenDictionary(asset => asset.Name, StringComparer.Ordinal);
        _byFile = assets.ToFrozenDictionary(asset => asset.File, StringComparer.Ordinal);
    }

    /// <summary>The address of an asset, for example of <c>shop.css</c>.</summary>
    /// <exception cref="KeyNotFoundException">There is no such asset.</exception>
    public string Url(string name) => _byName.TryGetValue(name, out var asset) ? Path + asset.File : throw new KeyNotFoundException($"There is no asset \"{name}\"; there are: {string.Join(", ", _byName.Keys.Order())}.");

    /// <summary>The contents of all scripts (UTF-8).</summary>
    internal IEnumerable<ReadOnlyMemory<byte>> Scripts => _byName.Values.Where(asset => asset.Name.EndsWith(".js", StringComparison.Ordinal)).Select(asset => (ReadOnlyMemory<byte>)asset.Content);

    private static byte[] Read(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)!;
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.ToArray();
    }

    internal void Map(WebApplication app) => app.MapMethods(Path + "{file}", ["GET", "HEAD"], Serve).DisableSharedSession();

    private IResult Serve(string file, HttpContext context)
    {
        if (!_byFile.TryGetValue(file, out var asset)) return Errors.ShopProblems.NotFound.AsResult();
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        context.Response.Headers.Vary = "Accept-Encoding";
        var compressed = context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.OrdinalIgnoreCase);
        if (compressed) context.Response.Headers.ContentEncoding = "br";
        return Results.Bytes(compressed ? asset.Brotli : asset.Content, asset.ContentType);
    }

    private sealed class Asset
    {
        public Asset(string name, byte[] content)
        {
            Name = name;
            Content = content;
            var dot = name.LastIndexOf('.');
            File = $"{name[..dot]}.{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 5))}{name[dot..]}";
            ContentType = name[dot..] switch
            {
                ".css" => "text/css; charset=utf-8",
                ".js" => "text/javascript; charset=utf-8",
                ".svg" => "image/svg+xml",
                ".webmanifest" => "application/manifest+json",
                _ => "application/octet-stream",
            };
            Brotli = Compress(content);
        }

        public string Name { get; }

        public string File { get; }

        public string ContentType { get; }

        public byte[] Content { get; }

        public byte[] Brotli { get; }

        private static byte[] Compress(byte[] content)
        {
            using var output = new MemoryStream();
            // Quality 5: done at every start, so a good ratio in a millisecond or two rather than the best one.
            using (var brotli = new BrotliStream(output, new BrotliCompressionOptions { Quality = 5 })) brotli.Write(content);
            return output.ToArray();
        }
    }
}
