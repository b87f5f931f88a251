using System.Text.Json.Nodes;

namespace ShopSession.Catalog.Tests.Hosting;

/// <summary>An answer, read to its end.</summary>
public sealed record Reply(int Status, string Text, string? ContentType, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;

    public Reply Expect(int status)
    {
        Assert.True(Status == status, $"Expected {status}, got {Status}: {Text[..Math.Min(Text.Length, 500)]}");
        return this;
    }

    /// <summary>Checks that it is a problem of that status and type, and that it names the field when one is given.</summary>
    public Reply ExpectProblem(int status, string type, string? field = null)
    {
        Expect(status);
        Assert.Equal("application/problem+json", ContentType);
        Assert.Equal("https://shop.localhost/problems/" + type, (string)Json["type"]!);
        if (field is not null) Assert.True(Json["errors"]?[field] is JsonArray { Count: > 0 }, $"Expected errors for {field}: {Text}");
        return this;
    }

    public static async Task<Reply> ReadAsync(HttpResponseMessage response)
    {
        var headers = response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
        return new Reply((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Content.Headers.ContentType?.MediaType, headers);
    }
}
