namespace ShopSession.Redis.Embedded.Tests.Differential.Scripts;

/// <summary>The greeting, the connection and the server.</summary>
internal static class ConnectionScript
{
    public const string Text =
        """
        PING
        PING hello
        PING a b
        ECHO hello
        ECHO
        CLIENT GETNAME
        CLIENT SETNAME test
        CLIENT GETNAME
        CLIENT SETNAME "with space"
        CLIENT SETNAME ""
        CLIENT GETNAME
        CLIENT BOGUS
        CLIENT
        CLIENT ID extra
        CLIENT KILL bogus
        CLIENT KILL ID abc
        CLIENT KILL ID 0
        CLIENT KILL ID 99999
        CLIENT KILL TYPE bogus
        CLIENT KILL BOGUS x
        CLIENT KILL ADDR 127.0.0.1:1
        CLIENT LIST TYPE bogus
        CLIENT LIST BOGUS
        CLIENT LIST ID abc
        CLIENT NO-EVICT ON
        CLIENT NO-EVICT OFF
        CLIENT NO-EVICT x
        CLIENT REPLY x
        CLIENT GETREDIR
        CLIENT CACHING YES
        CLIENT CACHING
        HELLO 4
        HELLO abc
        HELLO 3 BOGUS
        HELLO 2 SETNAME "a b"
        HELLO 2 AUTH default x y
        AUTH x
        AUTH default anything
        AUTH nobody x
        AUTH a b c
        AUTH
        RESET
        SELECT 3
        CLIENT SETNAME n
        MULTI
        RESET
        CLIENT GETNAME
        EXEC
        TIME
        TIME now
        ROLE
        ROLE x
        INFO server
        INFO nothing
        INFO server clients
        WAIT 0 0
        WAIT a b
        WAIT 0 -1
        COMMAND GETKEYS MSET a b c d
        COMMAND GETKEYS GET
        COMMAND GETKEYS PING
        COMMAND GETKEYS BOGUS a
        SCRIPT
        CONFIG GET maxmemory-policy
        CONFIG GET bogus
        CONFIG GET databases
        CONFIG SET bogus 1
        CONFIG SET maxmemory-policy
        PUBSUB BOGUS
        MEMORY USAGE nothing
        MEMORY PURGE
        MEMORY PURGE x
        MEMORY
        """;
}
