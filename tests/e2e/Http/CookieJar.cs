namespace ShopSession.E2E.Tests.Http;

/// <summary>
/// Keeps cookies as a browser does as far as the shop needs it. .NET's own container sends no Secure cookie over plain http, also not to
/// <c>*.localhost</c>, where browsers do.
/// </summary>
internal sealed class CookieJar
{
    private readonly Dictionary<(string Name, string Domain), string> _values = [];

    public IReadOnlyList<string> Names => [.. _values.Keys.Select(key => key.Name)];

    public string? this[string name] => _values.Where(entry => entry.Key.Name == name).Select(entry => entry.Value).FirstOrDefault();

    public void Clear() => _values.Clear();

    public void Put(string name, string value, string domain) => _values[(name, "." + domain)] = value;

    public void Store(string host, string setCookie)
    {
        var parts = setCookie.Split(';', StringSplitOptions.TrimEntries);
        var pair = parts[0].Split('=', 2);
        var domain = Attribute(parts, "domain") is { } wide ? "." + wide.TrimStart('.') : host;
        var gone = Attribute(parts, "max-age") is { } age && int.Parse(age, System.Globalization.CultureInfo.InvariantCulture) <= 0
            || Attribute(parts, "expires") is { } end && DateTimeOffset.TryParse(end, System.Globalization.CultureInfo.InvariantCulture, out var time) && time <= DateTimeOffset.UtcNow;
        if (gone) _values.Remove((pair[0], domain));
        else _values[(pair[0], domain)] = pair[1];
    }

    public string HeaderFor(string host) =>
        string.Join("; ", _values.Where(entry => entry.Key.Domain == host || (entry.Key.Domain[0] == '.' && ("." + host).EndsWith(entry.Key.Domain, StringComparison.Ordinal)))
            .Select(entry => $"{entry.Key.Name}={entry.Value}"));

    private static string? Attribute(string[] parts, string name) =>
        parts.Skip(1).Select(part => part.Split('=', 2)).Where(part => part[0].Equals(name, StringComparison.OrdinalIgnoreCase)).Select(part => part.ElementAtOrDefault(1) ?? "").FirstOrDefault();
}
