namespace ShopSession.Web.Components;

/// <summary>Drawings for empty and error pages: flat shapes in the shop's colours that hold on light and dark ground.</summary>
internal static class Scenes
{
    private const string Sky = "<circle cx=\"160\" cy=\"92\" r=\"84\" fill=\"#cfe3e6\"/>";
    private const string Water = "<path d=\"M30 150c16 0 16 8 32 8s16-8 33-8 16 8 33 8 16-8 32-8 16 8 33 8 16-8 32-8 16 8 33 8 16-8 32-8v40H30z\" fill=\"#2c6a7a\"/><path d=\"M30 166c16 0 16 7 32 7s16-7 33-7 16 7 33 7 16-7 32-7 16 7 33 7 16-7 32-7 16 7 33 7 16-7 32-7v24H30z\" fill=\"#1b4552\"/>";

    public static string Html(string name) => $"<svg viewBox=\"0 0 320 190\" aria-hidden=\"true\">{Drawing(name)}</svg>";

    private static string Drawing(string name) => name switch
    {
        "lighthouse" => Sky
            + "<path d=\"M172 52l112-30v64z\" fill=\"#ffcf33\" opacity=\".75\"/><path d=\"M148 52L60 38v32z\" fill=\"#ffcf33\" opacity=\".45\"/>"
            + "<path d=\"M144 66h32l9 92h-50z\" fill=\"#f7faf8\"/><path d=\"M142.200 84h35.600l2 20h-39.600zM138.300 124h43.400l2 20h-47.400z\" fill=\"#d8432f\"/>"
            + "<path d=\"M140 62h40v6h-40z\" fill=\"#10272f\"/><path d=\"M147 42h26v20h-26z\" fill=\"#ffdc66\"/><path d=\"M144 42l16-16 16 16z\" fill=\"#10272f\"/>"
            + "<path d=\"M104 162c8-14 24-18 40-16s40-4 52 4 16 8 22 14z\" fill=\"#48606a\"/>" + Water,
        "storm" => "<circle cx=\"160\" cy=\"92\" r=\"84\" fill=\"#9fb8bf\"/>"
            + "<path d=\"M104 72a24 24 0 0 1 10-45 34 34 0 0 1 62-4 26 26 0 0 1 34 49z\" fill=\"#48606a\"/><path d=\"M166 62l-18 26h14l-8 24 26-32h-15l9-18z\" fill=\"#ffcf33\"/>"
            + "<g transform=\"rotate(-9 160 140)\"><path d=\"M112 132h96l-12 24h-70z\" fill=\"#d8432f\"/><path d=\"M112 132h96l-2.500 5h-91z\" fill=\"#f7faf8\"/><path d=\"M158 96h4v36h-4z\" fill=\"#10272f\"/><path d=\"M164 100l26 26h-26z\" fill=\"#f7faf8\"/></g>" + Water,
        "rope" => Sky
            + "<path d=\"M116 44h88v96a20 20 0 0 1-20 20h-48a20 20 0 0 1-20-20z\" fill=\"#1b3a45\"/><path d=\"M104 34h112v16H104z\" fill=\"#10272f\"/>"
            + "<path d=\"M108 84c30 16 74 16 104 0M108 102c30 16 74 16 104 0M108 120c30 16 74 16 104 0\" fill=\"none\" stroke=\"#e2b565\" stroke-width=\"12\" stroke-linecap=\"round\"/>"
            + "<path d=\"M212 120c22 2 30 20 24 42\" fill=\"none\" stroke=\"#e2b565\" stroke-width=\"12\" stroke-linecap=\"round\"/><path d=\"M40 160h240v12H40z\" fill=\"#8a5f35\"/><path d=\"M52 172h12v18H52zM256 172h12v18h-12z\" fill=\"#6d4826\"/>",
        "hourglass" => Sky
            + "<path d=\"M118 22h84v12h-84zM118 150h84v12h-84z\" fill=\"#8a5f35\"/><path d=\"M128 34h64c0 34-24 42-24 58s24 24 24 58h-64c0-34 24-42 24-58s-24-24-24-58z\" fill=\"#f7faf8\"/>"
            + "<path d=\"M138 58h44c-5 14-16 22-19 30h-6c-3-8-14-16-19-30zM135 150c2-16 14-22 25-28 11 6 23 12 25 28z\" fill=\"#ffcf33\"/><path d=\"M158.500 86h3v38h-3z\" fill=\"#ffcf33\"/><path d=\"M70 162h180v8H70z\" fill=\"#48606a\"/>",
        "bottle" => Sky
            + "<g transform=\"rotate(-24 160 110)\"><path d=\"M96 84h92c10 0 12 12 22 12h22v28h-22c-10 0-12 12-22 12H96a14 14 0 0 1-14-14v-24a14 14 0 0 1 14-14z\" fill=\"#2f8f7f\" opacity=\".9\"/>"
            + "<path d=\"M232 99h16v22h-16z\" fill=\"#c98f4e\"/><path d=\"M104 96h70v28h-70z\" fill=\"#f7f1dc\"/><path d=\"M104 104h70M104 112h50\" stroke=\"#48606a\" stroke-width=\"2.500\"/><path d=\"M92 90h70\" stroke=\"#fff\" stroke-width=\"4\" stroke-linecap=\"round\" opacity=\".5\"/></g>" + Water,
        _ => Sky
            + "<path d=\"M84 76h152v82H84z\" fill=\"#b07f47\"/><path d=\"M84 76h152v14H84zM84 110h152v12H84zM84 144h152v14H84z\" fill=\"#c9985c\"/><path d=\"M84 76h14v82H84zM222 76h14v82h-14z\" fill=\"#8a5f35\"/>"
            + "<path d=\"M76 80l28-22h112l28 22z\" fill=\"#6d4826\"/><path d=\"M92 77l20-15h96l20 15z\" fill=\"#3d2a18\"/><path d=\"M186 66c4-18 22-24 34-16-2 14-16 23-34 16z\" fill=\"#2f8f7f\"/><path d=\"M50 158h220v10H50z\" fill=\"#48606a\"/>",
    };
}
