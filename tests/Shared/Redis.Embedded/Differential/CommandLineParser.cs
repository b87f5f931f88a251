using System.Text;

namespace ShopSession.Redis.Embedded.Tests.Differential;

/// <summary>Splits a line of a script into arguments: quotes keep spaces together, <c>\xHH</c>, <c>\r</c> and <c>\n</c> stand for bytes.</summary>
internal static class CommandLineParser
{
    public static string[] Split(string line)
    {
        var (arguments, current, isQuoted, hasAny) = (new List<string>(), new StringBuilder(), false, false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                (isQuoted, hasAny) = (!isQuoted, true);
            }
            else if (line[i] == '\\' && i + 1 < line.Length)
            {
                i++;
                if (line[i] == 'x')
                {
                    current.Append((char)Convert.ToByte(line.Substring(i + 1, 2), 16));
                    i += 2;
                }
                else
                {
                    current.Append(line[i] switch { 'r' => '\r', 'n' => '\n', var c => c });
                }
            }
            else if (line[i] == ' ' && !isQuoted)
            {
                if (current.Length > 0 || hasAny) arguments.Add(current.ToString());
                current.Clear();
                hasAny = false;
            }
            else
            {
                current.Append(line[i]);
            }
        }

        if (current.Length > 0 || hasAny) arguments.Add(current.ToString());
        return [.. arguments];
    }
}
