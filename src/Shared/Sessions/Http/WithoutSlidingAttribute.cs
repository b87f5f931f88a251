namespace ShopSession.Sessions;

/// <summary>
/// The page or endpoint looks at the session without using it: last use stays as it is, so that a page which fetches itself again and again does not keep its login alive. Endpoints
/// may say the same by <see cref="SharedSessionExtensions.WithoutSliding"/>.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class WithoutSlidingAttribute : Attribute;
