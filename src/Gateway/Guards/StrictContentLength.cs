using System.Text;

namespace ShopSession.Gateway.Guards;

/// <summary>
/// Makes Kestrel refuse a Content-Length that is not digits only, such as <c>+4</c>, which it accepts up to 10.0 (RFC 9110 §8.6 allows digits
/// alone; servers that disagree about a length can be made to disagree about where a request ends). Kestrel lets an encoding be chosen
/// per header: this one turns every byte that is no digit into a character that its number parser refuses.
/// </summary>
internal sealed class StrictContentLength : Encoding
{
    private static readonly StrictContentLength Instance = new();

    public static Encoding? EncodingFor(string header) => header.Equals("Content-Length", StringComparison.OrdinalIgnoreCase) ? Instance : null;

    public override int GetByteCount(char[] chars, int index, int count) => count;

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetCharCount(byte[] bytes, int index, int count) => count;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        for (var i = 0; i < byteCount; i++)
        {
            var letter = (char)bytes[byteIndex + i];
            chars[charIndex + i] = char.IsAsciiDigit(letter) ? letter : 'x';
        }
        return byteCount;
    }

    public override int GetMaxByteCount(int charCount) => charCount;

    public override int GetMaxCharCount(int byteCount) => byteCount;
}
