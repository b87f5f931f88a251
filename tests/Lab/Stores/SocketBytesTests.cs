using ShopSession.Lab.Bench.Stores;

namespace ShopSession.Lab.Tests.Stores;

public sealed class SocketBytesTests
{
    [Fact]
    public void What_was_sent_and_received_is_summed_over_all_connections() => Assert.Equal(
        1_111,
        SocketBytes.Sum("""
            ESTAB 0 0 127.0.0.1:40000 127.0.0.1:5432
                 cubic bytes_sent:1000 bytes_acked:1001 bytes_received:100 segs_out:5
            ESTAB 0 0 127.0.0.1:40001 127.0.0.1:5432
                 cubic bytes_sent:10 bytes_acked:11 bytes_received:1 segs_out:1
            """));
}
