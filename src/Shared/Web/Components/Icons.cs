using System.Collections.Frozen;

namespace ShopSession.Web.Components;

/// <summary>The shop's line icons, drawn on a grid of 24.</summary>
internal static class Icons
{
    private static readonly FrozenDictionary<string, string> Paths = new Dictionary<string, string>
    {
        ["alert"] = "M12 4 2.800 20h18.400zM12 10v4.500M12 17.200v.1",
        ["arrow"] = "M5 12h14M13 6l6 6-6 6",
        ["back"] = "M19 12H5M11 6l-6 6 6 6",
        ["bin"] = "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
        ["box"] = "M4 8l8-4 8 4v8l-8 4-8-4zM4 8l8 4 8-4M12 12v8",
        ["cart"] = "M3 10h18l-2 9.500H5zM8 10l3.500-6M16 10l-3.500-6M9.500 13.500v3M14.500 13.500v3",
        ["check"] = "M4.500 12.500l5 5 10-11",
        ["clock"] = "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 7.500V12l3 2",
        ["close"] = "M6 6l12 12M18 6L6 18",
        ["device"] = "M4 5h16v11H4zM9 20h6M12 16v4",
        ["filter"] = "M4 6h16M7 12h10M10 18h4",
        ["info"] = "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17zM12 11v5M12 8v.1",
        ["key"] = "M8 11a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM11 12.500l9-8.500M16.500 7.500l3 3",
        ["leave"] = "M10 4H5v16h5M15 8l4 4-4 4M19 12H9.500",
        ["lock"] = "M6 11h12v9H6zM8.500 11V8a3.500 3.500 0 0 1 7 0v3",
        ["minus"] = "M5 12h14",
        ["plus"] = "M12 5v14M5 12h14",
        ["search"] = "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM16 16l4.500 4.500",
        ["theme"] = "M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16zM12 4v16M12 8l5-2.200M12 12l8-.500M12 16l5.500 2",
        ["truck"] = "M3 6h11v10H3zM14 10h4l3 3v3h-7M7 19a1.800 1.800 0 1 0 0-3.600A1.800 1.800 0 0 0 7 19zM17.500 19a1.800 1.800 0 1 0 0-3.600 1.800 1.800 0 0 0 0 3.600z",
        ["user"] = "M12 4a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM4.500 20.500c.700-4 3.600-6 7.500-6s6.800 2 7.500 6",
    }.ToFrozenDictionary();

    /// <exception cref="InvalidOperationException">There is no such icon.</exception>
    public static string Html(string name) => Paths.TryGetValue(name, out var path)
        ? $"<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"{path}\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.8\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/></svg>"
        : throw new InvalidOperationException($"There is no icon \"{name}\"; there are: {string.Join(", ", Paths.Keys.Order())}.");
}
