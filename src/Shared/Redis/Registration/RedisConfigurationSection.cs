using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ShopSession.Redis;

/// <summary>The settings that do not stand in the connection string. A name that there is not, and a value that cannot be read, are told as such and not passed over.</summary>
internal static class RedisConfigurationSection
{
    public static void Apply(RedisClientOptions options, IConfigurationSection section)
    {
        List<string> problems = [.. Unknown(section, typeof(RedisClientOptions)), .. Unknown(section.GetSection(nameof(options.NearCache)), typeof(RedisNearCacheOptions))];
        if (problems.Count > 0) throw Wrong(problems);
        try
        {
            section.Bind(options);
        }
        catch (InvalidOperationException e)
        {
            // The binder's message names the setting and the type that was expected.
            throw Wrong([e.Message]);
        }
    }

    private static IEnumerable<string> Unknown(IConfigurationSection section, Type type)
    {
        var known = type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(static property => property.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return section.GetChildren().Where(child => !known.Contains(child.Key))
            .Select(child => $"{child.Path} is no setting. Known in {section.Path} are {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
    }

    private static OptionsValidationException Wrong(IEnumerable<string> problems) => new(Options.DefaultName, typeof(RedisClientOptions), problems);
}
