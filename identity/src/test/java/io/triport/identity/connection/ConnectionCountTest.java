package io.triport.identity.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Cidr;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConnectionCountTest {
    private static final InetAddress ONE = Cidr.literal("192.0.2.1");
    private static final InetAddress OTHER = Cidr.literal("192.0.2.2");

    private final ConnectionCount count = new ConnectionCount(
            new EdgeLimits.Connections(5, 2, 1000), new TrustedProxies(List.of(Cidr.parse("10.0.0.0/8"))));

    @Test
    void one_address_gets_its_share_and_no_more() {
        assertThat(count.enter(ONE)).isTrue();
        assertThat(count.enter(ONE)).isTrue();
        assertThat(count.enter(ONE)).isFalse();
        assertThat(count.enter(OTHER)).isTrue();
    }

    @Test
    void who_left_makes_room() {
        count.enter(ONE);
        count.enter(ONE);
        count.enter(ONE);
        count.left(ONE);

        assertThat(count.enter(ONE)).isTrue();
        assertThat(count.enter(ONE)).isFalse();
    }

    @Test
    void the_addresses_of_an_ipv6_network_share() {
        assertThat(count.enter(Cidr.literal("2001:db8:0:1::1"))).isTrue();
        assertThat(count.enter(Cidr.literal("2001:db8:0:1:ffff::2"))).isTrue();
        assertThat(count.enter(Cidr.literal("2001:db8:0:1::3"))).isFalse();
        assertThat(count.enter(Cidr.literal("2001:db8:0:2::1"))).isTrue();
    }

    @Test
    void all_together_are_bounded() {
        for (var host = 1; host <= 5; host++) {
            assertThat(count.enter(Cidr.literal("198.51.100." + host))).isTrue();
        }

        assertThat(count.enter(ONE)).isFalse();
        assertThat(count.open()).isEqualTo(5);
    }

    @Test
    void a_trusted_proxy_counts_for_the_whole_only() {
        var proxy = Cidr.literal("10.1.2.3");
        for (var i = 0; i < 5; i++) {
            assertThat(count.enter(proxy)).isTrue();
        }
        assertThat(count.enter(proxy)).isFalse();

        count.left(proxy);

        assertThat(count.enter(ONE)).isTrue();
    }
}
