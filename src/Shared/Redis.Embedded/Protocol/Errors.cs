using System.Globalization;

namespace ShopSession.Redis.Embedded.Protocol;

/// <summary>Error replies that several commands share, word for word those of Redis 7.0: clients compare them.</summary>
internal static class Errors
{
    public const string WrongType = "WRONGTYPE Operation against a key holding the wrong kind of value";
    public const string Syntax = "ERR syntax error";
    public const string NotInteger = "ERR value is not an integer or out of range";
    public const string OutOfRange = "ERR value is out of range";
    public const string NotPositive = "ERR value is out of range, must be positive";
    public const string NotFloat = "ERR value is not a valid float";
    public const string NoSuchKey = "ERR no such key";
    public const string IndexOutOfRange = "ERR index out of range";
    public const string Overflow = "ERR increment or decrement would overflow";
    public const string NotANumber = "ERR increment would produce NaN or Infinity";
    public const string ScoreNotANumber = "ERR resulting score is not a number (NaN)";
    public const string OutOfMemory = "OOM command not allowed when used memory > 'maxmemory'.";
    public const string TooManyEffects = "ERR the transaction does more than fits into one record of the log";
    public const string StringTooLong = "ERR string exceeds maximum allowed size (proto-max-bulk-len)";
    public const string NoAuth = "NOAUTH Authentication required.";
    public const string ExecAborted = "EXECABORT Transaction discarded because of previous errors.";
    public const string DatabaseOutOfRange = "ERR DB index is out of range";
    public const string InvalidCursor = "ERR invalid cursor";

    public static CommandException NotBetween(long minimum, long maximum) =>
        new(string.Create(CultureInfo.InvariantCulture, $"ERR value is out of range, value must between {minimum} and {maximum}"));

    public static CommandException WrongArity(string command) => new($"ERR wrong number of arguments for '{command}' command");
}
