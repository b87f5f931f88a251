using System.Collections.Frozen;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ShopSession.Catalog.Products;
using ShopSession.Web;

namespace ShopSession.Catalog.Pictures;

/// <summary>
/// Draws products: one drawing per kind of thing, in the product's colours, on its category's ground. The address says everything that
/// the picture depends on, so it never changes and may be kept for ever. Safe for concurrent use.
/// </summary>
internal sealed partial class ProductPictures
{
    private const string Prefix = "pictures/";

    private readonly FrozenDictionary<string, string> _drawings;
    private readonly ShopUrls _urls;
    private readonly string _version;

    public ProductPictures(ShopUrls urls)
    {
        _urls = urls;
        var assembly = typeof(ProductPictures).Assembly;
        _drawings = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).ToFrozenDictionary(name => name[Prefix.Length..], name =>
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var svg = reader.ReadToEnd();
            return svg[(svg.IndexOf('>', StringComparison.Ordinal) + 1)..svg.LastIndexOf("</svg>", StringComparison.Ordinal)];
        });
        _version = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(_drawings.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value)))).AsSpan(0, 4));
    }

    /// <summary>The drawings that there are.</summary>
    public IReadOnlyCollection<string> Kinds => _drawings.Keys;

    /// <summary>The absolute address of a product's picture.</summary>
    public string Url(Product product, PictureView view = PictureView.Front)
    {
        ArgumentNullException.ThrowIfNull(product);
        var colours = product.Palette.Replace("#", "", StringComparison.Ordinal).Replace(' ', '-');
        return _urls.Catalog($"/pictures/{_version}/{product.Kind}-{colours}-{(product.Category?.Ground ?? "#e4e8e6")[1..]}-{Name(view)}.svg");
    }

    /// <summary>The picture of an address; <see langword="null"/> when there is no such drawing.</summary>
    public string? Draw(string name)
    {
        var parts = FileName().Match(name);
        if (!parts.Success || !_drawings.TryGetValue(parts.Groups["kind"].Value, out var drawing)) return null;
        var view = Enum.Parse<PictureView>(parts.Groups["view"].Value, ignoreCase: true);
        foreach (var slot in (string[])["a", "b", "c"])
        {
            var colour = parts.Groups[slot].Value;
            drawing = drawing.Replace($"var(--{slot}-dark)", Mix(colour, 0, 0.22), StringComparison.Ordinal)
                .Replace($"var(--{slot}-light)", Mix(colour, 255, 0.35), StringComparison.Ordinal)
                .Replace($"var(--{slot})", "#" + colour, StringComparison.Ordinal);
        }

        var ground = parts.Groups["ground"].Value;
        return view switch
        {
            PictureView.Detail => $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"52 44 128 128\"><rect x=\"0\" y=\"0\" width=\"240\" height=\"240\" fill=\"{Mix(ground, 0, 0.06)}\"/>{drawing}</svg>",
            PictureView.Plan => Plan(drawing),
            _ => $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 240 240\"><rect width=\"240\" height=\"240\" fill=\"#{ground}\"/><path d=\"M0 196c60-10 180-10 240 0v44H0z\" fill=\"{Mix(ground, 0, 0.07)}\"/><g transform=\"translate(12 8) scale(.9)\">{drawing}</g></svg>",
        };
    }

    // The drawing on the shop's blueprint paper: grey tones tinted blue, a grid, and marks at the corners.
    private static string Plan(string drawing) =>
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 240 240\"><defs><filter id=\"ink\" color-interpolation-filters=\"sRGB\"><feColorMatrix values=\".22 .5 .08 0 .1 .24 .55 .1 0 .2 .25 .55 .1 0 .3 0 0 0 1 0\"/></filter>"
        + "<pattern id=\"grid\" width=\"12\" height=\"12\" patternUnits=\"userSpaceOnUse\"><path d=\"M12 0H0v12\" fill=\"none\" stroke=\"#8fc1cf\" stroke-opacity=\".28\" stroke-width=\"1\"/></pattern></defs>"
        + "<rect width=\"240\" height=\"240\" fill=\"#17414f\"/><rect width=\"240\" height=\"240\" fill=\"url(#grid)\"/>"
        + $"<g filter=\"url(#ink)\" transform=\"translate(24 20) scale(.8)\">{drawing}</g>"
        + "<path d=\"M12 28V12h16M212 12h16v16M228 212v16h-16M28 228H12v-16M24 120h-8M224 120h-8M120 16v8M120 216v8\" fill=\"none\" stroke=\"#ffcf33\" stroke-width=\"2.5\"/></svg>";

    private static string Name(PictureView view) => view switch
    {
        PictureView.Detail => "detail",
        PictureView.Plan => "plan",
        _ => "front",
    };

    private static string Mix(string colour, int target, double part)
    {
        var rgb = int.Parse(colour, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        int Channel(int shift)
        {
            var value = (rgb >> shift) & 0xff;
            return (int)Math.Round(value + ((target - value) * part));
        }

        return string.Create(CultureInfo.InvariantCulture, $"#{Channel(16):x2}{Channel(8):x2}{Channel(0):x2}");
    }

    [GeneratedRegex("^(?<kind>[a-z]+)-(?<a>[0-9a-f]{6})-(?<b>[0-9a-f]{6})-(?<c>[0-9a-f]{6})-(?<ground>[0-9a-f]{6})-(?<view>front|detail|plan)\\.svg$")]
    private static partial Regex FileName();
}

/// <summary>How a product is shown.</summary>
internal enum PictureView
{
    Front,
    Detail,
    Plan,
}
