using ShopSession.Web.Pages;

namespace ShopSession.Web.Lab;

/// <summary>One step of the tour on its page.</summary>
internal sealed record LabStep(LabModel Page, int Number);
