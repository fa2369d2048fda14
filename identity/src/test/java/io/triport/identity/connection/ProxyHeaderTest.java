package io.triport.identity.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class ProxyHeaderTest {
    private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
    private static final String TCP_4 = SIGNATURE + "2111000c" + "cb007107" + "c0000201" + "d431" + "01bb";
    private static final String TCP_6 = SIGNATURE + "21210024" + "20010db8000000000000000000000007"
            + "20010db8000000000000000000000001" + "d431" + "01bb";

    private static ProxyHeader read(String hex) {
        return read(HexFormat.of().parseHex(hex));
    }

    private static ProxyHeader read(byte[] bytes) {
        return ProxyHeader.read(Unpooled.wrappedBuffer(bytes));
    }

    @Test
    void the_client_is_the_source_of_a_tcp_connection() {
        assertThat(read(TCP_4 + "4745")).isInstanceOfSatisfying(ProxyHeader.Handed.class, handed -> {
            assertThat(handed.client().getHostAddress()).isEqualTo("203.0.113.7");
            assertThat(handed.length()).isEqualTo(28);
        });
        assertThat(read(TCP_6)).isInstanceOfSatisfying(ProxyHeader.Handed.class, handed -> {
            assertThat(handed.client().getHostAddress()).isEqualTo("2001:db8:0:0:0:0:0:7");
            assertThat(handed.length()).isEqualTo(52);
        });
    }

    @Test
    void an_address_of_four_bytes_in_sixteen_is_one_of_four() {
        var mapped = SIGNATURE + "21210024" + "00000000000000000000ffffcb007107" + "0".repeat(32) + "00000000";

        assertThat(read(mapped))
                .isInstanceOfSatisfying(
                        ProxyHeader.Handed.class,
                        handed -> assertThat(handed.client().getHostAddress()).isEqualTo("203.0.113.7"));
    }

    @Test
    void what_follows_the_addresses_belongs_to_the_header() {
        var more = SIGNATURE + "21110010" + "cb007107" + "c0000201" + "d43101bb" + "20000100";

        assertThat(read(more))
                .isInstanceOfSatisfying(
                        ProxyHeader.Handed.class,
                        handed -> assertThat(handed.length()).isEqualTo(32));
    }

    @Test
    void a_proxy_may_speak_for_itself() {
        assertThat(read(SIGNATURE + "20000000")).isEqualTo(new ProxyHeader.Own(16));
        assertThat(read(SIGNATURE + "21000000")).isEqualTo(new ProxyHeader.Own(16));
        assertThat(read(SIGNATURE + "213100d8" + "00".repeat(216))).isEqualTo(new ProxyHeader.Own(232));
    }

    @Test
    void every_start_of_a_header_is_incomplete() {
        var whole = HexFormat.of().parseHex(TCP_6);
        for (var length = 0; length < whole.length; length++) {
            assertThat(read(Arrays.copyOf(whole, length)))
                    .as("%d bytes", length)
                    .isEqualTo(new ProxyHeader.Incomplete());
        }
    }

    @Test
    void what_is_no_header_of_a_connection_is_malformed() {
        for (var wrong : new String[] {
            "474554202f20485454502f312e31", // GET / HTTP/1.1
            "50524f5859205443503420", // version 1
            "16030100", // TLS
            SIGNATURE + "1111000c" + "00".repeat(12), // another version
            SIGNATURE + "2211000c" + "00".repeat(12), // another command
            SIGNATURE + "2112000c" + "00".repeat(12), // UDP
            SIGNATURE + "2111000b" + "00".repeat(11), // too short for its addresses
            SIGNATURE + "21210023" + "00".repeat(35),
            SIGNATURE + "21111000", // longer than is taken, said before it has come
        }) {
            assertThat(read(wrong)).as(wrong).isEqualTo(new ProxyHeader.Malformed());
        }
    }

    @Property
    void no_bytes_make_it_fail(@ForAll byte[] bytes) {
        assertThat(read(bytes)).isNotNull();
    }

    @Property
    void no_bytes_behind_the_signature_make_it_fail(@ForAll byte[] bytes) {
        assertThat(read(SIGNATURE + HexFormat.of().formatHex(bytes))).isNotNull();
    }
}
