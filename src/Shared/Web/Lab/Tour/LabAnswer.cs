using System.Globalization;
using System.Text.RegularExpressions;

namespace ShopSession.Web.Lab.Tour;

/// <summary>Who answered one request for the lab page, under which settings, and whether it knew the visitor. It travels in the page's own address, since no session outlives all that is shown there.</summary>
/// <param name="Step">At which step of the tour it was given.</param>
/// <param name="Service">The service, for example <c>catalog</c>.</param>
/// <param name="Number">The replica's number: 2 for <c>catalog-2</c>.</param>
/// <param name="Instance">The process: another one after each start.</param>
/// <param name="IsSignedIn">Whether the visitor was signed in.</param>
/// <param name="Setting">Strategy and balancing in force.</param>
internal sealed partial record LabAnswer(int Step, string Service, int Number, string Instance, bool IsSignedIn, LabSetting Setting)
{
    private static readonly Dictionary<char, string> Services = new() { ['a'] = "auth", ['c'] = "catalog", ['k'] = "cart" };

    public string Replica => string.Create(CultureInfo.InvariantCulture, $"{Service}-{Number}");

    /// <summary>Fourteen characters or so: <c>2c1s</c>, then the setting's two letters, then the process.</summary>
    public string Encode()
    {
        var service = Services.FirstOrDefault(pair => pair.Value == Service).Key;
        return string.Create(CultureInfo.InvariantCulture, $"{Step}{(service == default ? 'c' : service)}{Number}{(IsSignedIn ? 's' : 'o')}{Setting.Encode()}{Instance}");
    }

    /// <summary><see langword="null"/>: it was not made by <see cref="Encode"/>.</summary>
    public static LabAnswer? Decode(string text)
    {
        var match = Form().Match(text);
        return match.Success && LabSetting.Decode(match.Groups[5].Value) is { } setting
            ? new(
                int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), Services[match.Groups[2].Value[0]], int.Parse(match.Groups[3].Value, CultureInfo.InvariantCulture),
                match.Groups[6].Value, match.Groups[4].Value == "s", setting)
            : null;
    }

    [GeneratedRegex(@"^([1-7])([ack])([0-9]{1,2})([so])([a-zA-Z]{2})([0-9a-f]{6})\z")]
    private static partial Regex Form();
}
