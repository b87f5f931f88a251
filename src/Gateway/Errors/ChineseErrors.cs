using System.Collections.Frozen;

namespace ShopSession.Gateway.Errors;

/// <summary>The gateway's few errors in Simplified Chinese, for its page. Problem details are for programs and stay English.</summary>
internal static class ChineseErrors
{
    public const string ToTheStorefront = "返回首页";

    private static readonly FrozenDictionary<string, (string Title, string Detail)> Words = new Dictionary<string, (string, string)>
    {
        ["unknown-host"] = ("此地址没有商店", "此地址不属于本店。请检查主机名的拼写。"),
        ["not-found"] = ("找不到页面", "此地址没有任何内容。"),
        ["method-not-allowed"] = ("不允许的方法", "不支持 TRACE 和 CONNECT。"),
        ["headers-too-large"] = ("浏览器发送的内容过多", "此请求的 Cookie 或标头超出了本店的限制。如果是本店的 Cookie 造成的，我们已将其从您的浏览器中清除：请刷新页面，必要时重新登录。"),
        ["service-unavailable"] = ("马上回来", "本店的这一部分暂时不可用。没有发送或更改任何内容；请几秒后再试。"),
        ["outcome-unknown"] = ("连接已中断", "本店在处理您的请求时连接中断，请求可能已执行，也可能没有。再次尝试之前，请先查看结果。"),
        ["bad-gateway"] = ("出了点问题", "本店的这一部分没有正常响应。请几秒后再试。"),
        ["gateway-timeout"] = ("耗时过长", "本店的这一部分没有及时响应。再次尝试之前，请先查看请求是否已执行。"),
        ["bad-request"] = ("无法理解该请求", "请求格式有误或内容过大。"),
        ["too-large"] = ("无法理解该请求", "请求格式有误或内容过大。"),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <exception cref="KeyNotFoundException">The error has no Chinese words yet.</exception>
    public static GatewayError Of(GatewayError error) => error with { Title = Words[error.Type].Title, Detail = Words[error.Type].Detail };
}
