namespace ShopSession.Web.Localization;

/// <summary>A language that the shop speaks.</summary>
/// <param name="Name">Its tag (BCP 47), as <c>lang</c> attributes, the cookie and .NET have it.</param>
/// <param name="OwnName">Its name in itself, for those who read nothing else.</param>
/// <param name="EnglishName">Its name for the shop's own messages.</param>
public sealed record Language(string Name, string OwnName, string EnglishName)
{
    /// <summary>The language in which the shop is written.</summary>
    public static Language English { get; } = new("en", "English", "English");

    /// <summary>Chinese in simplified characters.</summary>
    public static Language SimplifiedChinese { get; } = new("zh-Hans", "简体中文", "Simplified Chinese");

    /// <summary>All of them; the first is spoken with everybody who asked for none.</summary>
    public static IReadOnlyList<Language> All { get; } = [English, SimplifiedChinese];

    /// <summary>Those that English is translated into.</summary>
    public static IReadOnlyList<Language> Translated { get; } = [SimplifiedChinese];

    /// <summary>The language of that exact name; <see langword="null"/> when there is none.</summary>
    public static Language? Find(string? name) => All.FirstOrDefault(language => language.Name == name);

    /// <summary>
    /// The language that serves somebody who asks for <paramref name="tag"/>; <see langword="null"/> when none does. Chinese without a script is taken for the simplified one, as
    /// the Unicode likely subtags have it; where traditional characters are usual (zh-TW, zh-HK, zh-Hant) it is not.
    /// </summary>
    public static Language? Match(string? tag)
    {
        var parts = (tag ?? "").Trim().ToLowerInvariant().Split('-');
        if (parts is ["en", ..]) return English;
        return parts is ["zh"] or ["zh", "cn" or "sg" or "my" or "hans", ..] ? SimplifiedChinese : null;
    }
}
