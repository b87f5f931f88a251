using System.Globalization;
using System.Net;
using System.Text;

namespace ShopSession.Lab.Bench.Reports.Html;

/// <summary>Draws lines over the number of replicas as inline SVG in the page's colours; each line has a mark of its own, so that colour is not needed to tell them apart.</summary>
internal static class LineChart
{
    private const int Width = 380, Height = 230, Left = 56, Right = 12, Top = 12, Bottom = 34;

    public static string Draw(string title, IReadOnlyList<(string Name, IReadOnlyList<(int Replicas, double Value)> Points)> lines)
    {
        var replicas = lines.SelectMany(line => line.Points.Select(point => point.Replicas)).Distinct().Order().ToList();
        var most = lines.SelectMany(line => line.Points.Select(point => point.Value)).DefaultIfEmpty().Max() is var max && max > 0 ? max : 1;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<figure><figcaption>{WebUtility.HtmlEncode(title)}</figcaption><svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(Spoken(title, lines))}\">");
        foreach (var part in (double[])[0, 0.5, 1])
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Y(part):0.#}\" y2=\"{Y(part):0.#}\"/><text x=\"{Left - 6}\" y=\"{Y(part) + 4:0.#}\" text-anchor=\"end\">{Number(most * part)}</text>");
        foreach (var count in replicas)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(count):0.#}\" y=\"{Height - 14}\" text-anchor=\"middle\">{count}</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right}\" y=\"{Height - 1}\" text-anchor=\"end\">replicas</text>");
        for (var i = 0; i < lines.Count; i++)
        {
            var points = lines[i].Points.Select(point => (X: X(point.Replicas), Y: Y(point.Value / most))).ToList();
            svg.Append(CultureInfo.InvariantCulture, $"<g class=\"line-{i}\"><polyline points=\"{string.Join(' ', points.Select(point => Say.It($"{point.X:0.#},{point.Y:0.#}")))}\"/>");
            foreach (var (x, y) in points) svg.Append(Mark(i, x, y));
            svg.Append("</g>");
        }
        svg.Append("</svg><ul class=\"legend\">");
        for (var i = 0; i < lines.Count; i++)
            svg.Append(CultureInfo.InvariantCulture, $"<li><svg viewBox=\"0 0 16 16\" aria-hidden=\"true\"><g class=\"line-{i}\">{Mark(i, 8, 8)}</g></svg>{WebUtility.HtmlEncode(lines[i].Name)}</li>");
        return svg.Append("</ul></figure>").ToString();

        double X(int count) => Left + 14 + (Width - Left - Right - 28) * (replicas.Count > 1 ? (double)replicas.IndexOf(count) / (replicas.Count - 1) : 0.5);
    }

    private static double Y(double part) => Height - Bottom - part * (Height - Top - Bottom);

    private static string Mark(int line, double x, double y) => (line % 4) switch
    {
        0 => Say.It($"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"4.5\"/>"),
        1 => Say.It($"<rect x=\"{x - 4:0.#}\" y=\"{y - 4:0.#}\" width=\"8\" height=\"8\"/>"),
        2 => Say.It($"<path d=\"M{x:0.#} {y - 5.5:0.#}l5.5 10h-11z\"/>"),
        _ => Say.It($"<path d=\"M{x:0.#} {y - 6:0.#}l6 6-6 6-6-6z\"/>"),
    };

    private static string Number(double value) => value.ToString(value >= 10 ? "#,0" : "0.#", CultureInfo.InvariantCulture);

    private static string Spoken(string title, IEnumerable<(string Name, IReadOnlyList<(int Replicas, double Value)> Points)> lines) =>
        $"{title}: {string.Join("; ", lines.Select(line => $"{line.Name} {string.Join(", ", line.Points.Select(point => Say.It($"{point.Value:0.##} at {point.Replicas}")))}"))}";
}
