namespace ShopSession.Sessions.Stores.Redis;

/// <summary>The fields of a session's hash. Fields that this build does not know are left alone and survive a change of id.</summary>
internal static class SessionFields
{
    /// <summary><see cref="SessionBirth"/>, plain.</summary>
    public const string Birth = "b";

    /// <summary>Last use, Unix seconds in decimal.</summary>
    public const string LastSeen = "l";

    /// <summary>The login, encrypted under the id; from payload version 2 in pieces: <c>t</c>, <c>t1</c>, <c>t2</c>, …</summary>
    public const string Ticket = "t";

    /// <summary>The longest piece of a login; see <see cref="RedisRecordWriter.Ticket"/>.</summary>
    public const int TicketPiece = 63;

    /// <summary>The most pieces.</summary>
    public const int MaxTicketPieces = 4;

    /// <summary>What the device list shows, encrypted under the key ring (a list is made without the ids).</summary>
    public const string Device = "d";

    /// <summary><see cref="Supersession"/>.</summary>
    public const string Superseded = "r";

    /// <summary>Prefix of an attribute, encrypted under the id.</summary>
    public const char Attribute = 'a';

    /// <summary>Prefix of a counter: a number in decimal, since the store itself must add to it.</summary>
    public const char Counter = 'c';

    public static string TicketField(int piece) => piece == 0 ? Ticket : Ticket + piece.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Whether the field belongs to this very record, so that a successor gets one of its own.</summary>
    public static bool IsOwn(string field) => field is Birth or LastSeen or Device or Superseded || field[0] == Ticket[0];
}
