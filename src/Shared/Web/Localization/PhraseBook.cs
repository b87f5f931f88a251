using System.Collections;
using System.Collections.Frozen;
using System.Globalization;
using System.Resources;
using Microsoft.AspNetCore.Html;

namespace ShopSession.Web.Localization;

/// <summary>
/// The translations of one assembly, read once from its satellite assemblies (<c>Localization/Texts.zh-Hans.resx</c>). The English text is the key, so that a page reads
/// as it looks, and what has no translation is shown in English. Speaks the language of <see cref="CultureInfo.CurrentUICulture"/>. Safe for concurrent use.
/// </summary>
public sealed class PhraseBook
{
    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> _languages;
    private readonly PhraseBook? _fallback;

    /// <summary>Reads the translations of a service; what they lack is looked up in those that all services share.</summary>
    /// <param name="texts">The class beside the resource files, whose full name they carry.</param>
    /// <exception cref="InvalidOperationException">A satellite assembly is missing.</exception>
    public PhraseBook(Type texts)
        : this(texts, Texts.T)
    {
    }

    internal PhraseBook(Type texts, PhraseBook? fallback)
    {
        ArgumentNullException.ThrowIfNull(texts);
        _fallback = fallback;
        var resources = new ResourceManager(texts);
        _languages = Language.Translated.ToFrozenDictionary(language => language.Name, language => Read(resources, texts, language), StringComparer.Ordinal);
    }

    /// <summary>A text in the visitor's language.</summary>
    public string this[string english] => Find(english) ?? english;

    /// <summary>A sentence with values, in the visitor's language, the values formatted by its rules.</summary>
    public string this[Phrase phrase]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(phrase);
            return string.Format(CultureInfo.CurrentCulture, this[phrase.Key], phrase.Values);
        }
    }

    /// <summary>A text that holds markup of the page's own, in the visitor's language.</summary>
    public IHtmlContent Html(string english) => new HtmlString(this[english]);

    /// <summary>A sentence that holds markup of the page's own. Values are encoded like any other, unless they are content themselves.</summary>
    public IHtmlContent Html(Phrase phrase)
    {
        ArgumentNullException.ThrowIfNull(phrase);
        return new HtmlFormattableString(CultureInfo.CurrentCulture, this[phrase.Key], phrase.Values);
    }

    /// <summary>This assembly's own translations into a language, by their English text.</summary>
    /// <exception cref="KeyNotFoundException">The shop does not speak that language, or it is English.</exception>
    public IReadOnlyDictionary<string, string> Entries(string language) => _languages[language];

    private string? Find(string english) =>
        !_languages.TryGetValue(CultureInfo.CurrentUICulture.Name, out var texts) ? null
        : texts.TryGetValue(english, out var text) ? text
        : _fallback?.Find(english);

    private static FrozenDictionary<string, string> Read(ResourceManager resources, Type texts, Language language)
    {
        using var set = resources.GetResourceSet(CultureInfo.GetCultureInfo(language.Name), createIfNotExists: true, tryParents: false)
            ?? throw new InvalidOperationException($"The texts of {texts.Assembly.GetName().Name} in {language.EnglishName} are missing: {language.Name}/{texts.Assembly.GetName().Name}.resources.dll belongs beside the assembly.");
        return set.Cast<DictionaryEntry>().ToFrozenDictionary(entry => (string)entry.Key, entry => (string)entry.Value!, StringComparer.Ordinal);
    }
}
