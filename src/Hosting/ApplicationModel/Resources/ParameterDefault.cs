using System.Security.Cryptography;
using System.Text.Json;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>What a parameter is when nothing is configured.</summary>
public abstract class ParameterDefault
{
    /// <summary>The value.</summary>
    public abstract string GetDefaultValue();

    internal abstract void WriteToManifest(Utf8JsonWriter writer);
}

/// <summary>A value that stands in the model.</summary>
/// <param name="value">The value.</param>
public sealed class ConstantParameterDefault(Func<string> value) : ParameterDefault
{
    /// <summary>Makes a default of a fixed value.</summary>
    /// <param name="value">The value.</param>
    public ConstantParameterDefault(string value) : this(() => value)
    {
    }

    /// <inheritdoc/>
    public override string GetDefaultValue() => value();

    internal override void WriteToManifest(Utf8JsonWriter writer) => writer.WriteString("value", value());
}

/// <summary>A random value, drawn from the operating system's generator each time the application starts.</summary>
public sealed class GenerateParameterDefault : ParameterDefault
{
    private const string LowerCase = "abcdefghjkmnpqrstuvwxyz", UpperCase = "ABCDEFGHJKMNPQRSTUVWXYZ", Digits = "0123456789", Specials = "-_.{}~()*+!";

    /// <summary>The number of characters.</summary>
    public int MinLength { get; set; } = 22;

    /// <summary>Lower-case letters may occur.</summary>
    public bool Lower { get; set; } = true;

    /// <summary>Upper-case letters may occur.</summary>
    public bool Upper { get; set; } = true;

    /// <summary>Digits may occur.</summary>
    public bool Numeric { get; set; } = true;

    /// <summary>Punctuation may occur.</summary>
    public bool Special { get; set; } = true;

    /// <summary>At least so many lower-case letters.</summary>
    public int MinLower { get; set; }

    /// <summary>At least so many upper-case letters.</summary>
    public int MinUpper { get; set; }

    /// <summary>At least so many digits.</summary>
    public int MinNumeric { get; set; }

    /// <summary>At least so many punctuation characters.</summary>
    public int MinSpecial { get; set; }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">No kind of character is allowed.</exception>
    public override string GetDefaultValue()
    {
        var all = (Lower ? LowerCase : "") + (Upper ? UpperCase : "") + (Numeric ? Digits : "") + (Special ? Specials : "");
        if (all.Length == 0)
            throw new InvalidOperationException("A generated parameter needs at least one kind of character: set Lower, Upper, Numeric or Special.");
        var required = RandomNumberGenerator.GetString(LowerCase, MinLower) + RandomNumberGenerator.GetString(UpperCase, MinUpper)
            + RandomNumberGenerator.GetString(Digits, MinNumeric) + RandomNumberGenerator.GetString(Specials, MinSpecial);
        var characters = (required + RandomNumberGenerator.GetString(all, Math.Max(0, MinLength - required.Length))).ToCharArray();
        RandomNumberGenerator.Shuffle<char>(characters);
        return new string(characters);
    }

    internal override void WriteToManifest(Utf8JsonWriter writer)
    {
        writer.WriteStartObject("generate");
        writer.WriteNumber("minLength", MinLength);
        WriteWhenFalse(writer, "lower", Lower);
        WriteWhenFalse(writer, "upper", Upper);
        WriteWhenFalse(writer, "numeric", Numeric);
        WriteWhenFalse(writer, "special", Special);
        WriteWhenPositive(writer, "minLower", MinLower);
        WriteWhenPositive(writer, "minUpper", MinUpper);
        WriteWhenPositive(writer, "minNumeric", MinNumeric);
        WriteWhenPositive(writer, "minSpecial", MinSpecial);
        writer.WriteEndObject();
    }

    private static void WriteWhenFalse(Utf8JsonWriter writer, string name, bool value)
    {
        if (!value)
            writer.WriteBoolean(name, value);
    }

    private static void WriteWhenPositive(Utf8JsonWriter writer, string name, int value)
    {
        if (value > 0)
            writer.WriteNumber(name, value);
    }
}
