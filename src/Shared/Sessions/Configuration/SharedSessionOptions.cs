namespace ShopSession.Sessions;

/// <summary>What happens when a user signs in beyond <see cref="SharedSessionOptions.MaxPerUser"/>.</summary>
public enum SessionLimitPolicy
{
    /// <summary>The oldest session ends.</summary>
    NewestWins,

    /// <summary>The new sign-in is refused with <see cref="SessionLimitReachedException"/>.</summary>
    Refuse,
}

/// <summary>The settings of the shared session; bound from the configuration section <c>Session</c>.</summary>
public sealed class SharedSessionOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Session";

    /// <summary>Where session data lives: one of <see cref="Stores.SessionStrategies.All"/>.</summary>
    public string Strategy { get; set; } = Stores.SessionStrategies.Redis;

    /// <summary>How a browser names its session: one of <see cref="Transports.SessionTransports.All"/>. API clients may send a bearer token beside either.</summary>
    public string Transport { get; set; } = Transports.SessionTransports.Cookie;

    /// <summary>The query value that carries the id where <see cref="Transport"/> is <c>url</c>.</summary>
    public string UrlParameter { get; set; } = "sid";

    /// <summary>The parent domain that the cookie is widened to, for example <c>shop.localhost</c>.</summary>
    public string Domain { get; set; } = "";

    /// <summary>The cookie's name. The prefix <c>__Secure-</c> makes browsers insist on Secure.</summary>
    public string CookieName { get; set; } = "__Secure-shop.sid";

    /// <summary>A login not used for this long ends. Measured by the store's clock.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>A login ends this long after it began, however much it is used. Cuts the idle timeout where it is shorter.</summary>
    public TimeSpan AbsoluteTimeout { get; set; } = TimeSpan.FromHours(12);

    /// <summary>Idle and absolute limit of a session with "remember me".</summary>
    public TimeSpan RememberMeTimeout { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// A guest's session not used for this long ends. Long, since it is the way to the guest's cart and opens nothing that needs a login; signing in replaces it by a
    /// session under the limits of a login, and signing out leaves none behind.
    /// </summary>
    public TimeSpan AnonymousTimeout { get; set; } = TimeSpan.FromDays(30);

    /// <summary>A guest's session ends this long after it began, however much it is used.</summary>
    public TimeSpan AnonymousAbsoluteTimeout { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Whether a guest's cookie outlives the browser (Max-Age), so that closing it does not lose the cart. Switch it off where many share a browser.</summary>
    public bool RememberGuests { get; set; } = true;

    /// <summary>
    /// Last use is written at most once per this interval. Not set: a tenth of the session's idle time, at most a minute for a login and an hour for a guest.
    /// </summary>
    public TimeSpan? SlidingInterval { get; set; }

    /// <summary>How long a replaced id may still read, so that requests on their way do not sign the user out.</summary>
    public TimeSpan RotationGrace { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many sessions a user may have at once; 0 is without limit.</summary>
    public int MaxPerUser { get; set; }

    /// <summary>What happens beyond <see cref="MaxPerUser"/>.</summary>
    public SessionLimitPolicy LimitPolicy { get; set; }

    /// <summary>Put before every key in the store, so that two sites may share one Redis. Each character costs its byte per session.</summary>
    public string KeyPrefix { get; set; } = "";

    /// <summary>
    /// The name under which services share protected data (anti-forgery tokens, device metadata). The same on every sibling; another site
    /// on the same store needs another.
    /// </summary>
    public string ApplicationName { get; set; } = "ShopSession";

    /// <summary>
    /// Encrypts the data-protection keys in the store, so that who reads it or a backup of it cannot use them. At least 32 characters, random (<c>openssl rand -base64 32</c>), the same at every
    /// sibling, and not kept where the store is. Empty: they stand in clear. Instead of it, <c>AddDataProtection().ProtectKeysWithCertificate(…)</c> does as well.
    /// </summary>
    public string KeyRingSecret { get; set; } = "";

    /// <summary>
    /// Where a page that needs a login sends the browser: an absolute address or a path. <c>returnUrl</c> is added. Empty: the cookie scheme's own
    /// <c>LoginPath</c>.
    /// </summary>
    public string LoginUrl { get; set; } = "";

    /// <summary>Hosts that the cookie must reach; the start stops when <see cref="Domain"/> does not cover one of them.</summary>
    public IList<string> Siblings { get; } = [];

    /// <summary>
    /// Whether sessions that were read are kept in the process until Redis says that they changed (RESP3 client tracking). Reading one then costs no round trip; an ended one is refused as soon as
    /// the message arrives, and within two seconds even if it never does. Where the server offers no tracking every read goes there.
    /// </summary>
    public bool NearCache { get; set; } = true;

    /// <summary>The longest attribute in bytes; a larger one is refused by <c>HttpContext.Session</c>.</summary>
    public int MaxAttributeBytes { get; set; } = 64 * 1024;

    /// <summary>The most attributes of a session.</summary>
    public int MaxAttributes { get; set; } = 256;

    /// <summary>The most sessions that one process holds, where sessions are kept in the processes' memory. Beyond it guests' sessions that were not used longest end; logins never do.</summary>
    public int MaxInMemory { get; set; } = 100_000;

    /// <summary>The most bytes of cookies that a session may take where the client keeps it whole. A larger one is an error, and nothing of it is sent.</summary>
    public int MaxClientBytes { get; set; } = 12 * 1024;

    /// <summary>Where replicas copy every session to one another: how they find and trust each other.</summary>
    public ReplicationOptions Replication { get; } = new();

    /// <summary>How many replicas of each service share the requests; whoever starts them says so. Some strategies need to know.</summary>
    public int Replicas { get; set; } = 1;

    /// <summary>Whether the balancer sends one client always to one replica.</summary>
    public bool IsBalancingSticky { get; set; }

    /// <summary>
    /// The form in which records are written: <see cref="SessionBirth.PayloadVersion"/>, or the one before while replicas of the build before still run. All forms up to this build's are read
    /// always.
    /// </summary>
    public int PayloadVersion { get; set; } = SessionBirth.PayloadVersion;

    /// <summary>
    /// The Cookie header of a request may have this many bytes before the log and the metrics tell, and stray cookies of the site are expired. Servers refuse about 8 KiB (nginx, per line) to 32
    /// KiB (Kestrel, all headers).
    /// </summary>
    public int CookieBudgetBytes { get; set; } = 4096;

    /// <summary>
    /// The names of the site's other cookies that are set for <see cref="Domain"/> and path /. When a request exceeds the budget, duplicates of these are strays and are expired.
    /// </summary>
    public IList<string> OwnCookies { get; } = [];

    /// <summary>Allows the modes that only the lab may use.</summary>
    public bool Lab { get; set; }

    /// <summary>How often last use of a session that may lie unused for <paramref name="idle"/> is written.</summary>
    internal TimeSpan SlidingIntervalOf(TimeSpan idle, bool isSignedIn)
    {
        var most = isSignedIn ? TimeSpan.FromMinutes(1) : TimeSpan.FromHours(1);
        return SlidingInterval ?? (idle / 10 < most ? idle / 10 : most);
    }
}
