namespace ShopSession.Auth.Devices;

/// <summary>A few words for a browser, from its User-Agent: "Firefox on Linux". A guess for people, never a basis for a decision.</summary>
internal static class DeviceName
{
    // In this order: most browsers also carry the names of those they descend from.
    private static readonly (string Mark, string Name)[] Programs =
    [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"), ("Vivaldi/", "Vivaldi"), ("SamsungBrowser/", "Samsung Internet"), ("Firefox/", "Firefox"), ("FxiOS/", "Firefox"),
        ("HeadlessChrome/", "Chrome (headless)"), ("CriOS/", "Chrome"), ("Chromium/", "Chromium"), ("Chrome/", "Chrome"), ("Safari/", "Safari"), ("curl/", "curl"), ("wget/", "Wget"), ("PostmanRuntime/", "Postman"), ("python-requests/", "Python"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux"),
    ];

    public static string From(string? userAgent)
    {
        if (string.IsNullOrWhiteSpace(userAgent)) return T["Unknown device"];
        var program = NameIn(Programs, userAgent);
        var system = NameIn(Systems, userAgent);
        return (program, system) switch
        {
            (not null, not null) => T[$"{program} on {system}"],
            (not null, null) => program,
            (null, not null) => T[$"A browser on {system}"],
            _ => userAgent.Split('/', ' ')[0] is { Length: > 0 and <= 40 } first ? first : T["Unknown device"],
        };
    }

    private static string? NameIn((string Mark, string Name)[] known, string userAgent)
    {
        foreach (var (mark, name) in known)
        {
            if (userAgent.Contains(mark, StringComparison.OrdinalIgnoreCase)) return name;
        }

        return null;
    }
}
