namespace ShopSession.Cart.Orders;

/// <summary>The number that people read out: 50 bits of the random id in Crockford's base 32, which has no letters to confuse.</summary>
internal static class OrderNumber
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    /// <summary>A number as it was typed, in the form in which it is stored: letters that look like digits are digits, the hyphen may be missing.</summary>
    public static string Normal(string? typed)
    {
        var letters = (typed ?? "").ToUpperInvariant().Where(char.IsAsciiLetterOrDigit).Select(letter => letter switch { 'O' => '0', 'I' or 'L' => '1', _ => letter }).ToArray();
        return letters.Length == 11 ? $"{new string(letters, 0, 6)}-{new string(letters, 6, 5)}" : new string(letters);
    }

    public static string Of(Guid order)
    {
        // The last eight bytes of a version 4 GUID are random except for the two bits of the variant, which the mask cuts off.
        var bits = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(order.ToByteArray(bigEndian: true).AsSpan(8)) & ((1UL << 50) - 1);
        var text = string.Create(11, bits, static (span, value) =>
        {
            for (var i = span.Length - 1; i >= 0; i--)
            {
                if (i == 5)
                {
                    span[i] = '-';
                    continue;
                }
                span[i] = Alphabet[(int)(value & 31)];
                value >>= 5;
            }
        });
        return "S" + text;
    }
}
